import { expect, it } from 'vitest'
import { crc32, zip } from './zip'

it('has the sum that everybody has', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926)
})

/** Reads an archive as others do: from its end, by its index, to the files. */
function read(archive: Uint8Array) {
  const view = new DataView(archive.buffer)
  const end = archive.length - 22
  expect(view.getUint32(end, true)).toBe(0x06054b50)
  let at = view.getUint32(end + 16, true)
  expect(at + view.getUint32(end + 12, true)).toBe(end)
  return Array.from({ length: view.getUint16(end + 10, true) }, () => {
    expect(view.getUint32(at, true)).toBe(0x02014b50)
    const [sum, size, length] = [
      view.getUint32(at + 16, true),
      view.getUint32(at + 24, true),
      view.getUint16(at + 28, true),
    ]
    const local = view.getUint32(at + 42, true)
    const name = new TextDecoder().decode(archive.subarray(at + 46, at + 46 + length))
    expect(view.getUint32(local, true)).toBe(0x04034b50)
    const bytes = archive.subarray(local + 30 + length, local + 30 + length + size)
    expect(crc32(bytes)).toBe(sum)
    at += 46 + length
    return { name, bytes: [...bytes], day: view.getUint16(local + 12, true) }
  })
}

it('is read from its index', async () => {
  const files = ['\u4e00\u4e01.pdf', 'b.pdf'].map((name, i) => ({ name, bytes: Uint8Array.of(i, 7, 255) }))
  const found = read(new Uint8Array(await zip(files, new Date(2026, 3, 1)).arrayBuffer()))
  expect(found).toEqual([
    { name: '\u4e00\u4e01.pdf', bytes: [0, 7, 255], day: (46 << 9) | (4 << 5) | 1 },
    { name: 'b.pdf', bytes: [1, 7, 255], day: (46 << 9) | (4 << 5) | 1 },
  ])
})
