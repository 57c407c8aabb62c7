declare global {
  // Set by `wasm.js`: the module as base64, for a page that is opened from a folder.
  var TAMIS_WASM: string | undefined;
}

let bytes: Promise<Uint8Array<ArrayBuffer>> | null = null;

/** The full module: fetched beside the page, or from a script where the page is a file. */
export function wasmBytes(): Promise<Uint8Array<ArrayBuffer>> {
  return (bytes ??= location.protocol === "file:" ? fromScript() : fromServer());
}

async function fromServer(): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch("tamis-full.wasm");
  if (!response.ok) return fromScript();
  return new Uint8Array(await response.arrayBuffer());
}

async function fromScript(): Promise<Uint8Array<ArrayBuffer>> {
  if (globalThis.TAMIS_WASM === undefined) {
    await new Promise((done, failed) => {
      const script = Object.assign(document.createElement("script"), { src: "wasm.js" });
      script.addEventListener("load", done);
      script.addEventListener("error", () => failed(new Error("wasm.js is not there")));
      document.head.append(script);
    });
  }
  return Uint8Array.from(atob(globalThis.TAMIS_WASM ?? ""), letter => letter.charCodeAt(0));
}
