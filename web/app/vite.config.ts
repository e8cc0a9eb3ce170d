import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** antd's styles go into constructed style sheets: the server's policy forbids <style>. ADR 0040. */
const sheets: Plugin = {
  name: 'geci-sheets',
  enforce: 'pre',
  apply: 'build',
  resolveId: (source) =>
    /\/(Dom\/dynamicCSS|cssUtils)(\.js)?$/.test(source) ? here('src/ui/sheets.ts') : null,
}

/** Parts of antd's tables that ours never show, 120 kB: lists page by cursors and are narrowed above them. */
const lean: Plugin = {
  name: 'geci-lean',
  enforce: 'pre',
  apply: 'build',
  resolveId: (source, importer) =>
    importer?.includes('/antd/es/table/') &&
    /^(\.\.\/(\.\.\/)*(tree|pagination|radio)|\.\/FilterDropdown|@rc-component\/tree)$/.test(source)
      ? here('src/ui/nothing.ts')
      : null,
}

const server = process.env.GECI ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [react(), sheets, lean],
  resolve: {
    alias: {
      '#engine': here('../engine/geci.js'),
      '#wasm?url': `${here('../../build/wasm/geci.wasm')}?url`,
    },
  },
  build: {
    outDir: process.env.GECI_DIST ?? here('../../build/web/dist'),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 4000,
  },
  server: {
    fs: { allow: [here('../..')] },
    proxy: { '/api': { target: server, changeOrigin: true, headers: { origin: server } } },
  },
})
