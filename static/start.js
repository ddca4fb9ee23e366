// Starts the page. The published build puts the names and hashes of its files in here.
const words = navigator.language.startsWith("ko")
  ? {
      wasm: "이 브라우저는 WebAssembly를 쓰지 못합니다. 최신 Chrome, Edge, Firefox, Safari에서 열어 주세요.",
      download: "페이지를 다 받지 못했습니다. 연결을 확인하고 다시 시도해 주세요.",
      broken: "문제가 생겨 멈췄습니다. 실험은 주소에 남아 있어서 다시 열면 이어집니다.",
      again: "다시 열기",
    }
  : {
      wasm: "This browser runs no WebAssembly, which Unrolled computes with. Please open the page in a current Chrome, Edge, Firefox or Safari.",
      download: "The page could not be loaded completely. Check the connection and try again.",
      broken: "Something broke, and the page has stopped. Your experiment is kept in the address: open it again to go on.",
      again: "Open again",
    };

function fail(why) {
  if (document.querySelector(".Failure")) return;
  const box = document.createElement("div");
  box.className = "Failure";
  box.role = "alert";
  const text = document.createElement("p");
  text.textContent = words[why];
  const again = document.createElement("button");
  again.textContent = words.again;
  again.addEventListener("click", () => location.reload());
  box.append(text, again);
  document.body.append(box);
}

/** After a panic nothing of the page can be relied on. */
function judge(error) {
  if (globalThis.WebAssembly && error instanceof WebAssembly.RuntimeError) fail("broken");
}
addEventListener("error", ({ error }) => judge(error));
addEventListener("unhandledrejection", ({ reason }) => judge(reason));

async function start() {
  if (!globalThis.WebAssembly) return fail("wasm");
  try {
    const { default: init } = await import("{{js}}");
    const wasm = await fetch("{{wasm}}", { integrity: "{{integrity}}" });
    if (!wasm.ok) throw new Error(`${wasm.status} ${wasm.statusText}`);
    await init({ module_or_path: wasm });
  } catch (error) {
    console.warn(error);
    return fail(error instanceof WebAssembly.RuntimeError ? "broken" : "download");
  }
  // Offline from the next visit on; an embedded page only where its address asks for it.
  const wanted = window === window.parent || /[#&?]offline(=1|&|$)/u.test(location.href);
  try {
    if (wanted && isSecureContext) await navigator.serviceWorker?.register("./worker.js");
  } catch {
    // A sandbox has no workers, and the page needs none.
  }
}

start();
