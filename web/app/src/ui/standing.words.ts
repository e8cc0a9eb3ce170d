import { catalogue } from './catalogue'

export const t = catalogue({
  among: ['高于 {below}% 的同类（{n} 家有数）', 'Above {below}% of its peers ({n} have a figure)'],
  median: ['中位数', 'Median'],
  peers: ['在同类中', 'Among its peers'],
  peersOf: ['同为“{name}”', 'Of the chain "{name}"'],
  few: ['同类有数的不足 5 家，不显示', 'Fewer than five peers have a figure: not shown'],
})
