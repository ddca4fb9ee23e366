// Unrolled in a notebook: a picture at once, and the whole page in a frame as soon as it can be.
//
// The kernel hands over the page once for all widgets of a document, by a message, so that a saved
// notebook holds none of it. Where the page does not start, the picture stays.

const words = (navigator.language ?? "").startsWith("ko")
  ? {
      title: "Unrolled: 순환 신경망을 한 단계씩",
      picture: "은닉 상태와 그 기울기",
      wait: "신경망을 불러오는 중입니다 …",
      kernel: "그림만 보입니다. 신경망을 움직이려면 실행 중인 커널이 필요하니 셀을 다시 실행해 주세요.",
      start: "그림만 보입니다. 이 페이지에서는 신경망을 실행할 수 없습니다.",
      differ: "그림만 보입니다. 브라우저에서 계산한 손실이 커널의 손실과 다릅니다",
    }
  : {
      title: "Unrolled: a recurrent neural network, step by step",
      picture: "The hidden states and their gradients",
      wait: "Loading the network …",
      kernel: "This is only a picture. The network itself needs a running kernel: run the cell again.",
      start: "This is only a picture. The network cannot run inside of this page.",
      differ: "This is only a picture. The loss that the browser computes is not that of the kernel",
    };

/** How long an answer of the kernel, and then the start of the page, are waited for, in milliseconds. */
const patience = 60_000;

/** What the kernel answers: a message, and buffers with it. */
function ask(model, what) {
  return new Promise((resolve, reject) => {
    const id = `${what} ${Math.random().toString(36).slice(2)}`;
    const settle = (then, value) => {
      clearTimeout(timer);
      model.off("msg:custom", hear);
      then(value);
    };
    const hear = (message, buffers) => {
      if (message?.id === id) settle(resolve, { message, buffers });
    };
    const timer = setTimeout(() => settle(reject, new Error("kernel")), patience);
    model.on("msg:custom", hear);
    model.send({ ask: what, id });
  });
}

async function unpacked(model) {
  const { buffers } = await ask(model, "page");
  const stream = new Blob([buffers[0]]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

/** The page, which all widgets of a document have together. */
async function pageOf(model) {
  const key = Symbol.for(`unrolled/page/${model.get("_page")}`);
  if (!globalThis[key]) {
    const coming = unpacked(model);
    globalThis[key] = coming;
    coming.catch(() => globalThis[key] === coming && delete globalThis[key]);
    return coming;
  }
  // Whoever asked first may be gone by now.
  return globalThis[key].catch(() => pageOf(model));
}

/** The theme of the notebook, where it says which. */
function themeAround(wanted) {
  if (wanted !== "auto") return wanted;
  const { body, documentElement } = document;
  if (body.dataset.jpThemeLight) return body.dataset.jpThemeLight === "true" ? "light" : "dark";
  const kind = body.dataset.vscodeThemeKind;
  if (kind) return kind.includes("light") ? "light" : "dark";
  const theme = documentElement.getAttribute("theme");
  return ["light", "dark"].includes(theme) ? theme : null;
}

function render({ model, el }) {
  const root = document.createElement("div");
  const picture = document.createElement("img");
  picture.alt = words.picture;
  picture.style.cssText = "max-width:100%;background:white";
  picture.src = `data:image/png;base64,${model.get("_picture")}`;
  const said = document.createElement("p");
  said.textContent = words.wait;
  said.setAttribute("role", "status");
  root.append(picture, said);
  for (const note of model.get("notes") ?? []) {
    const line = document.createElement("p");
    line.textContent = note;
    line.style.cssText = "margin:0.25em 0;font-size:0.85em";
    root.append(line);
  }
  el.append(root);

  let frame = null;
  let network = null;
  let timer = null;
  let gone = false;
  // What the frame and the model have both been told, so that neither is told it back.
  const told = { moment: null, selection: null };

  const post = (message) => frame?.contentWindow?.postMessage({ unrolled: 1, ...message }, "*");

  function give(up) {
    clearTimeout(timer);
    frame?.remove();
    frame = null;
    picture.hidden = false;
    said.hidden = false;
    said.textContent = up;
  }

  function open() {
    const address = new URLSearchParams();
    const [at, focus] = [model.get("moment"), model.get("selection")];
    if (at) address.set("at", at.replace(":", "."));
    if (focus) address.set("focus", focus);
    const theme = themeAround(model.get("theme"));
    if (theme) address.set("theme", theme);
    Object.assign(told, { moment: at, selection: focus });
    post({ do: "set", address: address.toString(), experiment: network.experiment });
    post({ do: "get", id: "loss" });
  }

  /** Lets the model know what is on show, unless it said so itself. */
  function tell(name, value) {
    if (told[name] === value) return;
    told[name] = value;
    model.set(name, value);
    model.save_changes();
  }

  function judge({ loss }) {
    if (Math.abs(loss - network.loss) > 1e-9 * Math.max(1, Math.abs(network.loss))) {
      return give(`${words.differ}: ${loss} ≠ ${network.loss}.`);
    }
    clearTimeout(timer);
    picture.hidden = true;
    said.hidden = true;
    frame.style.visibility = "visible";
    size();
  }

  let needed = 320;
  function size() {
    if (frame?.style.visibility === "visible") frame.style.height = `${model.get("height") ?? needed}px`;
  }

  function hear({ source, data }) {
    if (!frame || source !== frame.contentWindow || data?.unrolled !== 1) return;
    // A frame that a notebook has moved begins anew, and goes on where it was.
    if (data.event === "ready") open();
    if (data.event === "state" && data.id === "loss") judge(data);
    if (frame?.style.visibility !== "visible") return;
    if (data.event === "height" && Number.isFinite(data.height)) {
      needed = data.height;
      size();
    }
    if (data.event === "moment") tell("moment", data.moment);
    if (data.event === "address") tell("selection", new URLSearchParams(data.address).get("focus") ?? "");
  }

  function go() {
    const [moment, selection] = [model.get("moment"), model.get("selection")];
    const at = moment === told.moment ? undefined : moment;
    const focus = selection === told.selection ? undefined : selection;
    Object.assign(told, { moment, selection });
    if (at || focus) post({ do: "go", at, focus });
  }

  async function begin() {
    const [html, { message }] = await Promise.all([pageOf(model), ask(model, "network")]);
    if (gone) return;
    network = message;
    frame = document.createElement("iframe");
    frame.title = words.title;
    frame.setAttribute("sandbox", "allow-scripts allow-downloads");
    frame.allow = "clipboard-write";
    // It lies below the picture, as wide as it will be, until it shows the network.
    frame.style.cssText = "display:block;width:100%;height:1px;border:0;visibility:hidden";
    timer = setTimeout(() => give(words.start), patience);
    frame.srcdoc = html;
    root.prepend(frame);
  }

  addEventListener("message", hear);
  model.on("change:moment", go);
  model.on("change:selection", go);
  model.on("change:height", size);
  begin().catch(() => gone || give(words.kernel));
  return () => {
    gone = true;
    clearTimeout(timer);
    removeEventListener("message", hear);
    model.off("change:moment", go);
    model.off("change:selection", go);
    model.off("change:height", size);
    root.remove();
  };
}

export default { render };
