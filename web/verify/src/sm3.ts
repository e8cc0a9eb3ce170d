// SM3 (GB/T 32905-2016), by the letter of the standard: nothing shared with the first verifier.

const IV = [
  0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e,
];

const rotl = (x: number, n: number): number => (x << (n & 31)) | (x >>> ((32 - n) & 31));
const p0 = (x: number): number => x ^ rotl(x, 9) ^ rotl(x, 17);
const p1 = (x: number): number => x ^ rotl(x, 15) ^ rotl(x, 23);

const W = new Int32Array(68);

function compress(v: Int32Array, block: Buffer, at: number): void {
  for (let j = 0; j < 16; j++) W[j] = block.readInt32BE(at + 4 * j);
  for (let j = 16; j < 68; j++)
    W[j] = p1(W[j - 16]! ^ W[j - 9]! ^ rotl(W[j - 3]!, 15)) ^ rotl(W[j - 13]!, 7) ^ W[j - 6]!;
  let [a, b, c, d, e, f, g, h] = v as unknown as [
    number, number, number, number, number, number, number, number,
  ];
  for (let j = 0; j < 64; j++) {
    const t = rotl(j < 16 ? 0x79cc4519 : 0x7a879d8a, j);
    const ss1 = rotl((rotl(a, 12) + e + t) | 0, 7);
    const ss2 = ss1 ^ rotl(a, 12);
    const ff = j < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
    const gg = j < 16 ? e ^ f ^ g : (e & f) | (~e & g);
    const tt1 = (ff + d + ss2 + (W[j]! ^ W[j + 4]!)) | 0;
    const tt2 = (gg + h + ss1 + W[j]!) | 0;
    [d, c, b, a] = [c, rotl(b, 9), a, tt1];
    [h, g, f, e] = [g, rotl(f, 19), e, p0(tt2)];
  }
  [a, b, c, d, e, f, g, h].forEach((x, i) => (v[i] = v[i]! ^ x));
}

export function sm3(text: Buffer): Buffer {
  const rest = text.length % 64;
  const padded = Buffer.alloc(text.length + (rest < 56 ? 64 : 128) - rest);
  text.copy(padded);
  padded[text.length] = 0x80;
  padded.writeBigUInt64BE(BigInt(text.length) * 8n, padded.length - 8);
  const v = Int32Array.from(IV);
  for (let at = 0; at < padded.length; at += 64) compress(v, padded, at);
  const out = Buffer.alloc(32);
  v.forEach((x, i) => out.writeInt32BE(x, 4 * i));
  return out;
}
