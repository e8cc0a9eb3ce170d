/** The engine as WebAssembly: the address of the file, which `tools/wasm.sh` makes. */
declare module '#wasm?url' {
  const address: string
  export default address
}
