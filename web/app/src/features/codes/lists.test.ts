import { describe, expect, it } from 'vitest'
import type { KindField, KindFields } from '../../api'
import { csvOf, listsOf, searched } from './lists'

const field = (name: string, type: string, options: string[] = []): KindField => ({
  name,
  type,
  options,
  unit: '',
  period: 'none',
  protect: 'public',
  role: 'none',
  run: 0,
  shown: true,
  note: '',
})
const kind = (name: string, fields: KindField[]): KindFields => ({ kind: name, title: name, fields })

const FIELDS = [
  kind('企业', [
    field('级别', 'choice', ['国家级', '省级']),
    field('所在地', 'region'),
    field('名称', 'text'),
  ]),
  kind('专家', [field('称号', 'choice', ['国家级', '省级']), field('职称', 'choice', ['正高, 特聘'])]),
]
const lists = listsOf([], FIELDS, [{ code: '320582100', name: '杨舍镇' }])
const ofFields = lists.filter((one) => one.group !== 'system')

describe('code lists', () => {
  it('has one for the same values, with every field that uses them', () => {
    expect(ofFields.map((one) => one.key)).toEqual(['企业.级别', 'regions', '专家.职称'])
    expect(ofFields[0]?.uses.map((use) => `${use.kind}.${use.field}`)).toEqual(['企业.级别', '专家.称号'])
    expect(ofFields[0]?.values[0]).toEqual({ code: '国家级', name: '国家级', english: 'National' })
  })
  it('is found by a value, its English, a code, or a field', () => {
    const keys = (q: string) => searched(ofFields, q, undefined).map((one) => one.key)
    expect(keys('省级')).toEqual(['企业.级别'])
    expect(keys('national')).toEqual(['企业.级别'])
    expect(keys('320582')).toEqual(['regions'])
    expect(keys('职称')).toEqual(['专家.职称'])
    expect(searched(ofFields, '', 'region').map((one) => one.key)).toEqual(['regions'])
  })
  it('is written as CSV that a comma in a value does not break', () => {
    expect(csvOf(ofFields).split('\r\n')[4]).toBe('职称,"正高, 特聘","正高, 特聘",,专家.职称,')
  })
})
