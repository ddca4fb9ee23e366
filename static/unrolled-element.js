// <unrolled-rnn text="hello world" cells="4"></unrolled-rnn>: Unrolled in a page of yours.
//
// Load this file from where Unrolled is served. Each element makes a frame when it comes near the
// window, asks for no more height than the page in it needs, and stands still while out of view.
// Its attributes are the keys of an address; `labels` and `vocabulary` are lists, split by `|` or
// written as JSON.
(() => {
  "use strict";

  const page = new URL("./index.html", document.currentScript.src);
  const lists = { labels: "label", vocabulary: "vocab" };
  const paper = matchMedia("print");
  /** What makes the experiment: one of these changes, and that of all attributes is opened. */
  const experiment = [
    "text", "unit", "task", "target", "targets", "reduction", "cell", "cells", "h0", "c0", "keep", "radius",
    "seed", "weights", "eta", "window", "clip",
  ];
  /** What makes the training. */
  const training = [
    "set", "train.cell", "train.cells", "train.seed", "train.radius", "train.keep", "train.optimizer",
    "train.eta", "train.batch", "train.window", "train.clip", "steer", "compare",
  ];
  /** How it is shown, which stays whatever is opened. */
  const manner = ["lang", "theme", "hide", "only", "lock", "keys", "offline"];
  const place = [
    "at", "focus", "gradient", "scale", "rows", "beside", "view", "screen", "update", "play",
  ];
  const keys = [...experiment, ...training, ...place, ...manner];

  /** How long an answer of the page is waited for, in milliseconds. */
  const patience = 30_000;
  let questions = 0;

  /** The entries of a list: those of a JSON array, or what stands between bars. */
  function entries(text) {
    if (text.trim().startsWith("[")) {
      try {
        return JSON.parse(text).map(String);
      } catch {
        // An entry may begin so.
      }
    }
    return text.trim() === "" ? [] : text.split("|").map((entry) => entry.trim());
  }

  class UnrolledElement extends HTMLElement {
    static observedAttributes = [...keys, ...Object.keys(lists)];

    #frame = null;
    /** Whether the page in the frame can be spoken with; until then what is said waits. */
    #ready = false;
    #waiting = [];
    /** Whether the element can be seen. */
    #seen = false;
    /** What the page has last told of what is on show: a frame that is made anew goes on there. */
    #told = null;
    #asked = new Map();
    #hear = (event) => this.#heard(event);
    #print = () => this.#show();
    #watch = null;

    /** Where the page is: beside this file, unless the element says otherwise. */
    get #page() {
      const src = this.getAttribute("src");
      return src ? new URL(src, document.baseURI) : page;
    }

    connectedCallback() {
      this.style.display ||= "block";
      this.style.minHeight ||= "320px";
      window.addEventListener("message", this.#hear);
      // Paper has no window to come near to.
      window.addEventListener("beforeprint", this.#print);
      paper.addEventListener("change", this.#print);
      this.#watch = new IntersectionObserver(
        (seen) => {
          this.#seen = seen.at(-1).isIntersecting;
          if (this.#seen) this.#show();
          else if (this.#ready) this.#post({ do: "pause" });
        },
        { rootMargin: "200px" },
      );
      this.#watch.observe(this);
    }

    /** Where a page moves it without taking it out, the frame stays as it is. */
    connectedMoveCallback() {}

    disconnectedCallback() {
      window.removeEventListener("message", this.#hear);
      window.removeEventListener("beforeprint", this.#print);
      paper.removeEventListener("change", this.#print);
      this.#watch?.disconnect();
      if (this.#frame) this.style.minHeight = this.#frame.style.height;
      this.#frame?.remove();
      this.#frame = null;
      this.#ready = false;
      // One that is only moved is in the page again by then, and its questions are asked again.
      queueMicrotask(() => {
        if (this.isConnected) return;
        for (const { reject } of this.#asked.values()) reject(new Error("The element was removed."));
      });
    }

    attributeChangedCallback(name, before, value) {
      if (before === value) return;
      const told = this.#told;
      if (!told || name in lists || experiment.includes(name) || training.includes(name)) {
        this.#told = null;
        // A frame that is not there yet will be made as the attributes are by then.
        if (this.#frame || this.#waiting.length) this.open(this.#written());
        return;
      }
      if (value === null) told.delete(name);
      else told.set(name, value);
      if (this.#frame) this.#say({ do: "set", address: told.toString() });
      told.delete("play");
    }

    /**
     * Opens what an address says, such as `text=hello&at=backward.2`. How it is shown stays as the
     * attributes say, unless the address says otherwise. An experiment, an object as in a file,
     * takes the place of what the address says of one.
     */
    open(address, experiment) {
      const opened = new URLSearchParams(String(address).replace(/^[?#]/u, ""));
      for (const key of manner) {
        if (this.hasAttribute(key) && !opened.has(key)) opened.append(key, this.getAttribute(key));
      }
      this.#say({ do: "set", address: opened.toString(), ...(experiment && { experiment }) });
    }

    /** Shows another stage (`at`) of what is open, or points at another number (`focus`). */
    go({ at, focus }) {
      this.#say({ do: "go", at, focus });
    }

    /** Lets time run. */
    play() {
      this.#say({ do: "play" });
    }

    /** Stops time. */
    pause() {
      this.#say({ do: "pause" });
    }

    /** A promise of `{ address, moment, loss }`; refused when the element goes or gives no answer. */
    read() {
      return new Promise((resolve, reject) => {
        const id = `element.${(questions += 1)}`;
        const settled = (settle) => (value) => {
          clearTimeout(timer);
          this.#asked.delete(id);
          settle(value);
        };
        const question = { resolve: settled(resolve), reject: settled(reject) };
        const timer = setTimeout(() => question.reject(new Error("Unrolled gave no answer.")), patience);
        this.#asked.set(id, question);
        if (!this.isConnected) return question.reject(new Error("The element is in no page."));
        this.#show();
        if (this.#ready) this.#post({ do: "get", id });
      });
    }

    #written() {
      const address = new URLSearchParams();
      for (const key of keys) {
        if (this.hasAttribute(key)) address.append(key, this.getAttribute(key));
      }
      for (const [attribute, key] of Object.entries(lists)) {
        for (const entry of entries(this.getAttribute(attribute) ?? "")) address.append(key, entry);
      }
      return address;
    }

    #show() {
      if (this.#frame) return;
      const frame = document.createElement("iframe");
      frame.title = this.getAttribute("title") ?? "Unrolled: a recurrent neural network, step by step";
      frame.allow = "clipboard-write";
      frame.style.cssText = "display:block;width:100%;border:0";
      frame.style.height = `${this.clientHeight}px`;
      const address = new URLSearchParams(this.#told ?? this.#written());
      if (location.origin !== "null") address.set("host", location.origin);
      frame.src = `${this.#page.href}#${address}`;
      this.#frame = frame;
      this.append(frame);
    }

    /** Tells the page something as soon as it can be spoken with. */
    #say(message) {
      if (this.#ready) this.#post(message);
      else this.#waiting.push(message);
    }

    #post(message) {
      this.#frame?.contentWindow?.postMessage({ unrolled: 1, ...message }, this.#page.origin);
    }

    #begun() {
      this.#ready = true;
      for (const message of this.#waiting.splice(0)) this.#post(message);
      for (const id of this.#asked.keys()) this.#post({ do: "get", id });
      if (!this.#seen) this.#post({ do: "pause" });
    }

    #heard({ source, origin, data }) {
      if (!this.#frame || source !== this.#frame.contentWindow || origin !== this.#page.origin) return;
      if (data?.unrolled !== 1) return;
      if (data.event === "ready") this.#begun();
      if (data.event === "height" && Number.isFinite(data.height)) {
        this.#frame.style.height = `${data.height}px`;
        this.style.minHeight = "0";
      }
      if (data.event === "address") {
        this.#told = new URLSearchParams(data.address);
        this.#told.delete("play");
      }
      if (data.event === "moment") this.#told?.set("at", data.moment.replace(":", "."));
      // A key that nothing in the frame wants is that of the page around, such as a slide deck's.
      if (data.event === "key") {
        const { key } = data;
        this.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, composed: true }));
      }
      if (data.event === "state") this.#asked.get(data.id)?.resolve(data);
      this.dispatchEvent(new CustomEvent(`unrolled-${data.event}`, { detail: data, bubbles: true }));
    }
  }

  if (!customElements.get("unrolled-rnn")) customElements.define("unrolled-rnn", UnrolledElement);
})();
