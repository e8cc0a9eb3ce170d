import { theme as antd, type ThemeConfig } from 'antd'

/** System fonts, Chinese first; no font is ever sent. */
const FONT =
  '-apple-system,"PingFang SC","Microsoft YaHei","HarmonyOS Sans SC","Noto Sans CJK SC","Source Han Sans SC","WenQuanYi Micro Hei",sans-serif'

export const BACK = { light: '#ffffff', dark: '#141414' } as const

/** Colours of charts, in the order in which series take them. */
export const PALETTE = {
  light: ['#2f6fde', '#b8720b', '#0f8a6d', '#c4467b', '#7a52c7', '#c2551a', '#4d7a8c', '#8a7a00'],
  dark: ['#5b9bff', '#d9a12c', '#2fb894', '#e27aa5', '#a686ea', '#e58a52', '#7fb0c4', '#bfae2a'],
} as const

/** What text and lines of a chart are drawn in. */
export const INK = {
  light: { text: '#1f1f1f', quiet: '#595959', line: '#d0d0d0', rise: '#0f7a3d', fall: '#b3261e' },
  dark: { text: '#e8e8e8', quiet: '#b0b0b0', line: '#474747', rise: '#5bc98a', fall: '#ff8f85' },
} as const

const LIGHT = {
  colorPrimary: '#0958d9',
  // Words stay readable while they are pointed at.
  colorPrimaryHover: '#0b4fb3',
  colorLink: '#0958d9',
  colorLinkHover: '#0b4fb3',
  colorInfo: '#0958d9',
  colorSuccess: '#1b7a35',
  colorSuccessBg: '#f0faf2',
  colorWarning: '#9a5b00',
  colorWarningBg: '#fff8e6',
  colorError: '#c5221f',
  colorTextPlaceholder: '#6b6b6b',
  colorTextDisabled: '#6b6b6b',
  colorTextQuaternary: '#6b6b6b',
  colorTextDescription: '#595959',
  colorTextTertiary: '#595959',
  colorBgLayout: '#f4f6f9',
}

const DARK = {
  colorPrimary: '#3c7df0',
  colorLink: '#7db0ff',
  colorLinkHover: '#a3c8ff',
  colorSuccess: '#5bc98a',
  colorWarning: '#e0a93b',
  colorError: '#ff8f85',
  colorTextPlaceholder: '#a0a0a0',
  colorTextDisabled: '#a0a0a0',
  colorTextQuaternary: '#a0a0a0',
  colorTextDescription: '#b4b4b4',
  colorTextTertiary: '#b4b4b4',
  colorBgLayout: '#0d0d0d',
}

export const className = (mode: 'light' | 'dark'): string => `geci-${mode}`

export function themeOf(mode: 'light' | 'dark', text: number, dense: boolean): ThemeConfig {
  const shades = mode === 'dark' ? [antd.darkAlgorithm] : [antd.defaultAlgorithm]
  const link = (mode === 'dark' ? DARK : LIGHT).colorLink
  return {
    algorithm: dense ? [...shades, antd.compactAlgorithm] : shades,
    cssVar: { key: className(mode) },
    hashed: false,
    token: {
      ...(mode === 'dark' ? DARK : LIGHT),
      fontFamily: FONT,
      fontSize: Math.round((14 * text) / 100),
      borderRadius: 6,
      wireframe: false,
      motion: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
    },
    components: {
      // On a dark ground antd draws its handle and its track in a blue that is nearly black.
      ...(mode === 'dark' && {
        Slider: {
          trackBg: '#3c7df0',
          handleColor: '#3c7df0',
          handleActiveColor: link,
        },
      }),
      Button: {
        primaryShadow: 'none',
        defaultShadow: 'none',
        // White letters on the primary blue, and blue ones on the ground, while they are pointed at.
        ...(mode === 'dark' && {
          colorPrimaryHover: '#2f66c8',
          defaultHoverColor: link,
          defaultHoverBorderColor: link,
        }),
      },
      Badge: { colorError: LIGHT.colorError }, // white figures on it in either mode
      // The primary blue is too dark for letters on a dark ground.
      Tabs: { itemSelectedColor: link, itemHoverColor: link, itemActiveColor: link },
    },
  }
}
