declare module 'oidc-provider' {
  const Provider: new (issuer: string, how: unknown) => { listen(port: number, host: string): import('node:http').Server }
  export default Provider
}
