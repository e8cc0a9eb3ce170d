/** What stands in the built client for parts of antd that are never shown (vite.config.ts). */
export default function Nothing(): null {
  return null
}
