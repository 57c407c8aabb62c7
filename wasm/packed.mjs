// How many bytes of a module a browser loads: after brotli at its best.
import { brotliCompressSync, constants } from "node:zlib";

export function packed(module) {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 22,
    [constants.BROTLI_PARAM_SIZE_HINT]: module.length,
  };
  return brotliCompressSync(module, { params }).length;
}
