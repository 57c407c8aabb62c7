import type { Failure } from "./contract.js";

/** An answer of the module that is an error. */
export class LanguageError extends Error {
  readonly code: string;
  readonly problems: Failure["problems"];
  constructor(failure: Failure) {
    super(failure.message);
    this.name = "LanguageError";
    this.code = failure.code;
    this.problems = failure.problems;
  }
}

/** One instance of the WebAssembly module: JSON in, JSON out. */
export interface Module {
  ask<T>(request: { method: string } & Record<string, unknown>): T;
}

interface Exports {
  memory: WebAssembly.Memory;
  alloc(length: number): number;
  call(pointer: number, length: number): number;
  free(pointer: number): void;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Speaks the C ABI of `wasm/README.md`. */
export function moduleOf(instance: WebAssembly.Instance): Module {
  const { memory, alloc, call, free } = instance.exports as unknown as Exports;
  return {
    ask<T>(request: { method: string } & Record<string, unknown>): T {
      const bytes = encoder.encode(JSON.stringify(request));
      const pointer = alloc(bytes.length);
      new Uint8Array(memory.buffer, pointer, bytes.length).set(bytes);
      const out = call(pointer, bytes.length);
      const length = new DataView(memory.buffer).getUint32(out, true);
      const text = decoder.decode(new Uint8Array(memory.buffer, out + 4, length));
      free(out);
      const answer = JSON.parse(text) as { ok: T } | { error: Failure };
      if ("error" in answer) throw new LanguageError(answer.error);
      return answer.ok;
    },
  };
}

type Bytes = Uint8Array<ArrayBuffer> | ArrayBuffer;

/** Where a module comes from: an address, its bytes, a function that gives them, or what was compiled already. */
export type Source = URL | string | Bytes | WebAssembly.Module | (() => Promise<Bytes>);

/** Compiles and starts a module. Fails where WebAssembly or the file cannot be had. */
export async function load(source: Source): Promise<Module> {
  if (source instanceof WebAssembly.Module) return moduleOf(await WebAssembly.instantiate(source, {}));
  const bytes = await bytesOf(source as Exclude<Source, WebAssembly.Module> as URL | string | Bytes | (() => Promise<Bytes>));
  const { instance } = await WebAssembly.instantiate(bytes, {});
  return moduleOf(instance);
}

/** The file beside the script. A bundler may have moved the script alone: then the module as a script. */
export async function besideOr(beside: URL, inline: () => Promise<{ default: string }>): Promise<Bytes> {
  const found = await bytesOf(beside).catch(() => null);
  const view = found && new Uint8Array(found instanceof ArrayBuffer ? found : found.buffer, found instanceof ArrayBuffer ? 0 : found.byteOffset, 4);
  // A module begins with a zero byte and `asm`; some servers answer with a page instead of an error.
  if (found && view?.[0] === 0 && view[1] === 0x61 && view[2] === 0x73 && view[3] === 0x6d) return found;
  return Uint8Array.from(atob((await inline()).default), letter => letter.charCodeAt(0));
}

async function bytesOf(source: URL | string | Bytes | (() => Promise<Bytes>)): Promise<Bytes> {
  if (typeof source === "function") return source();
  if (typeof source !== "string" && !(source instanceof URL)) return source;
  const address = String(source);
  if (address.startsWith("file:")) {
    // Node: its fetch reads no files. The name is kept from bundlers for browsers.
    const fs = "node:fs/promises";
    const { readFile } = (await import(/* @vite-ignore */ fs)) as { readFile(path: URL): Promise<Uint8Array<ArrayBuffer>> };
    return readFile(new URL(address));
  }
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status} ${response.statusText}`);
  return response.arrayBuffer();
}
