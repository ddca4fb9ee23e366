// <unrolled-rnn text="hello world" cells="4"></unrolled-rnn>: Unrolled in a page of yours.
//
// Load this file from where Unrolled is served. Each element makes a frame when it comes near the
// window, asks for no more height than the page in it needs, and stands still while out of view.
// Its attributes are the keys of an address; `labels` and `vocabulary` are lists split by `|`.
(() => {
  "use strict";

  const page = new URL("./index.html", document.currentScript.src);
  const keys = [
    "text", "unit", "task", "target", "cells", "radius", "seed", "weights", "eta", "window", "clip",
    "at", "focus", "view", "screen", "lang", "theme", "hide", "only", "lock", "play", "offline",
  ];
  const lists = { labels: "label", vocabulary: "vocab" };
  const paper = matchMedia("print");

  class UnrolledElement extends HTMLElement {
    static observedAttributes = [...keys, ...Object.keys(lists)];

    #frame = null;
    #asked = new Map();
    #hear = (event) => this.#heard(event);
    #print = () => this.#show();
    #watch = null;

    connectedCallback() {
      this.style.display ||= "block";
      this.style.minHeight ||= "320px";
      window.addEventListener("message", this.#hear);
      // Paper has no window to come near to.
      window.addEventListener("beforeprint", this.#print);
      paper.addEventListener("change", this.#print);
      this.#watch = new IntersectionObserver(
        ([entry]) => {
          if (entry.isIntersecting) this.#show();
          else this.pause();
        },
        { rootMargin: "200px" },
      );
      this.#watch.observe(this);
    }

    disconnectedCallback() {
      window.removeEventListener("message", this.#hear);
      window.removeEventListener("beforeprint", this.#print);
      paper.removeEventListener("change", this.#print);
      this.#watch?.disconnect();
      this.#frame?.remove();
      this.#frame = null;
    }

    attributeChangedCallback() {
      if (this.#frame) this.open(this.#written());
    }

    /** Opens what an address says, such as `text=hello&at=backward.2`. */
    open(address) {
      this.#tell({ do: "set", address });
    }

    /** Lets time run. */
    play() {
      this.#tell({ do: "play" });
    }

    /** Stops time. */
    pause() {
      this.#tell({ do: "pause" });
    }

    /** A promise of `{ address, moment, loss }`. */
    read() {
      return new Promise((resolve) => {
        const id = `${Date.now()}.${this.#asked.size}.${Math.random()}`;
        this.#asked.set(id, resolve);
        this.#tell({ do: "get", id });
      });
    }

    #written() {
      const address = new URLSearchParams();
      for (const key of keys) {
        if (this.hasAttribute(key)) address.append(key, this.getAttribute(key));
      }
      for (const [attribute, key] of Object.entries(lists)) {
        for (const entry of this.getAttribute(attribute)?.split("|") ?? []) {
          address.append(key, entry);
        }
      }
      return address.toString();
    }

    #show() {
      if (this.#frame) return;
      const frame = document.createElement("iframe");
      frame.title = this.getAttribute("title") ?? "Unrolled: a recurrent network, step by step";
      frame.allow = "clipboard-write";
      frame.style.cssText = "display:block;width:100%;border:0";
      frame.style.height = `${this.clientHeight}px`;
      const host = location.origin === "null" ? "" : `&host=${encodeURIComponent(location.origin)}`;
      frame.src = `${page.href}#${this.#written()}${host}`;
      this.#frame = frame;
      this.append(frame);
    }

    #tell(message) {
      this.#frame?.contentWindow?.postMessage({ unrolled: 1, ...message }, page.origin);
    }

    #heard({ source, origin, data }) {
      if (!this.#frame || source !== this.#frame.contentWindow || origin !== page.origin) return;
      if (data?.unrolled !== 1) return;
      if (data.event === "height" && Number.isFinite(data.height)) {
        this.#frame.style.height = `${data.height}px`;
        this.style.minHeight = "0";
      }
      if (data.event === "state") {
        this.#asked.get(data.id)?.(data);
        this.#asked.delete(data.id);
      }
      this.dispatchEvent(new CustomEvent(`unrolled-${data.event}`, { detail: data, bubbles: true }));
    }
  }

  if (!customElements.get("unrolled-rnn")) customElements.define("unrolled-rnn", UnrolledElement);
})();
