/** Written by `scripts/inline.mjs` beside the scripts. */
declare module "*/inline-core.js" { const base64: string; export default base64; }
declare module "*/inline-full.js" { const base64: string; export default base64; }
