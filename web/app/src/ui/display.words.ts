import { catalogue } from '.'

export const t = catalogue({
  language: ['语言', 'Language'],
  chinese: ['中文', '中文'],
  mode: ['颜色', 'Colours'],
  auto: ['跟随系统', 'As the system'],
  light: ['浅色', 'Light'],
  dark: ['深色', 'Dark'],
  textSize: ['文字大小', 'Text size'],
  textNormal: ['标准', 'Normal'],
  textLarge: ['大', 'Large'],
  textLarger: ['更大', 'Larger'],
  textLargest: ['最大（适老）', 'Largest'],
  density: ['间距', 'Spacing'],
  normal: ['标准', 'Normal'],
  dense: ['紧凑', 'Dense'],
})
