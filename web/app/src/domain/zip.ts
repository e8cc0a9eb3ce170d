/** A ZIP archive of files as they are, not compressed: what a browser hands over for many at once. */

export interface ZipFile {
  name: string
  bytes: Uint8Array
}

const UTF8 = 0x0800
const VERSION = 20

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  return c
})

export function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff
  for (const byte of bytes) c = TABLE[(c ^ byte) & 0xff]! ^ (c >>> 8)
  return ~c >>> 0
}

/** Of 16 and 32 bits, the lowest byte first. */
function words(...of: readonly (readonly [value: number, bytes: 2 | 4])[]): Uint8Array {
  return Uint8Array.from(
    of.flatMap(([value, n]) => Array.from({ length: n }, (_, at) => (value >>> (8 * at)) & 0xff)),
  )
}

/** The day as DOS wrote it, to the day. */
const dosDay = (at: Date) => ((at.getFullYear() - 1980) << 9) | ((at.getMonth() + 1) << 5) | at.getDate()

export function zip(files: readonly ZipFile[], at: Date): Blob {
  const parts: Uint8Array[] = []
  const index: Uint8Array[] = []
  let offset = 0
  for (const { name, bytes } of files) {
    const title = new TextEncoder().encode(name)
    const of = [
      [VERSION, 2],
      [UTF8, 2],
      [0, 2],
      [0, 2],
      [dosDay(at), 2],
      [crc32(bytes), 4],
      [bytes.length, 4],
      [bytes.length, 4],
      [title.length, 2],
      [0, 2],
    ] as const
    const head = words([0x04034b50, 4], ...of)
    parts.push(head, title, bytes)
    index.push(
      words([0x02014b50, 4], [VERSION, 2], ...of, [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]),
      title,
    )
    offset += head.length + title.length + bytes.length
  }
  const size = index.reduce((sum, one) => sum + one.length, 0)
  const end = words(
    [0x06054b50, 4],
    [0, 2],
    [0, 2],
    [files.length, 2],
    [files.length, 2],
    [size, 4],
    [offset, 4],
    [0, 2],
  )
  return new Blob([...parts, ...index, end] as BlobPart[], { type: 'application/zip' })
}
