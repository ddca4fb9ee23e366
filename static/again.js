// Opens the page anew where the site has another version of it than the browser has kept: a host that
// lets browsers keep the page for a while, but deletes the files of the version before.
//
// Its name is the same in every version, so that it is always there. It asks nothing of the others but
// what a start is called.
const start = /start-[0-9a-f]+\.js/u;

/** Goes over to another version of the page, once; says whether there is one. */
export async function renew() {
  try {
    const response = await fetch(location.href.split("#")[0], { cache: "reload" });
    const found = response.ok ? start.exec(await response.text())?.[0] : null;
    const own = start.exec(document.head.innerHTML)?.[0];
    if (!found || found === own || sessionStorage.getItem("unrolled.again") === found) return false;
    sessionStorage.setItem("unrolled.again", found);
    location.reload();
    return true;
  } catch {
    // Without a network there is no other version, and in a sandbox nothing says that it was tried.
    return false;
  }
}

// The start stands before this file, and has run by now if it is there.
if (!globalThis.unrolledStarted) renew();
