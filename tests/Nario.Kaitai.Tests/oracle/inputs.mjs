// Makes small inputs of public formats:
//
//   node inputs.mjs FOLDER
//
// writes FOLDER/FORMAT/NAME, at least five of png, gif, wav, jpeg, elf and pcap, and one each of some others.

import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';

const [target] = process.argv.slice(2);

const u1 = (...values) => Buffer.from(values);
const number = (size, isLittle) => (...values) => {
  const bytes = Buffer.alloc(size * values.length);
  values.forEach((value, index) => {
    const big = BigInt.asUintN(size * 8, BigInt(value));
    for (let at = 0; at < size; at++) {
      const shift = 8n * BigInt(isLittle ? at : size - 1 - at);
      bytes[index * size + at] = Number((big >> shift) & 255n);
    }
  });
  return bytes;
};
const le = { u2: number(2, true), u4: number(4, true), u8: number(8, true) };
const be = { u2: number(2, false), u4: number(4, false), u8: number(8, false) };
const text = (value) => Buffer.from(value, 'latin1');
const join = (...parts) => Buffer.concat(parts);
const filled = (size, start = 0) => Buffer.from(Array.from({ length: size }, (_, index) => (start + index * 7) & 255));

function write(format, name, bytes) {
  fs.mkdirSync(path.join(target, format), { recursive: true });
  fs.writeFileSync(path.join(target, format, name), bytes);
}

/** EXIF with fields of several types, one of them behind the directory. */
function exif(order, mark) {
  const field = (tag, type, length, data) => join(order.u2(tag, type), order.u4(length, data));
  return join(
    text(mark), order.u2(42), order.u4(8), order.u2(3),
    field(0x0112, 3, 1, 1), field(0x010f, 2, 6, 50), field(0x0132, 7, 4, 0x30323230), order.u4(0), text('Nario\0'));
}

// PNG

const crcTable = Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) {
    value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  }
  return value >>> 0;
});
const crc = (bytes) =>
  (bytes.reduce((value, byte) => crcTable[(value ^ byte) & 255] ^ (value >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;
const chunk = (type, ...parts) => {
  const body = join(text(type), ...parts);
  return join(be.u4(body.length - 4), body, be.u4(crc(body)));
};
const header = (width, height, depth, color) => chunk('IHDR', be.u4(width, height), u1(depth, color, 0, 0, 0));
const png = (...chunks) => join(u1(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10), ...chunks, chunk('IEND'));
const pixels = (size) => zlib.deflateSync(filled(size));

write('png', 'grey.png', png(header(2, 2, 8, 0), chunk('gAMA', be.u4(45455)), chunk('bKGD', be.u2(7)), chunk('IDAT', pixels(6))));
write('png', 'palette.png', png(
  header(4, 1, 2, 3), chunk('PLTE', u1(0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255)), chunk('bKGD', u1(2)),
  chunk('tRNS', u1(0, 128, 255)), chunk('IDAT', pixels(2))));
write('png', 'texts.png', png(
  header(1, 1, 8, 6), chunk('sRGB', u1(1)), chunk('cHRM', be.u4(31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000)),
  chunk('pHYs', be.u4(2835, 2835), u1(1)), chunk('tIME', be.u2(2026), u1(11, 29, 18, 30, 0)),
  chunk('tEXt', text('Title\0A picture')), chunk('zTXt', text('Comment\0'), u1(0), zlib.deflateSync(text('long '.repeat(40)))),
  chunk('iTXt', text('Author\0'), u1(0, 0), text('de\0'), Buffer.from('Verfasser\0Jürgen Größe', 'utf8')),
  chunk('iTXt', text('Title\0'), u1(1, 0), text('\0\0'), zlib.deflateSync(Buffer.from('Ein Bild – „groß“', 'utf8'))),
  chunk('IDAT', pixels(5))));
write('png', 'exif.png', png(
  header(1, 1, 16, 2), chunk('eXIf', exif(be, 'MM')), chunk('bKGD', be.u2(1, 2, 3)), chunk('IDAT', pixels(7)),
  chunk('eXIf', exif(le, 'II'))));
write('png', 'animated.png', png(
  header(2, 1, 8, 2), chunk('acTL', be.u4(2, 0)),
  chunk('fcTL', be.u4(0, 2, 1, 0, 0), be.u2(1, 10), u1(0, 0)), chunk('IDAT', pixels(7)),
  chunk('fcTL', be.u4(1, 2, 1, 0, 0), be.u2(1, 10), u1(1, 1)), chunk('fdAT', be.u4(2), pixels(7)), chunk('sTER', u1(1))));
write('png', 'parts.png', png(header(9, 9, 1, 0), ...[10, 20, 5].map((size) => chunk('IDAT', filled(size)))));

// GIF

const screen = (width, height, flags, ...table) =>
  join(text('GIF89a'), le.u2(width, height), u1(flags, 0, 0), ...table);
const control = (flags, delay, transparent) => join(u1(0x21, 0xf9, 4, flags), le.u2(delay), u1(transparent, 0));
const blocks = (...parts) => join(...parts.flatMap((part) => [u1(part.length), part]), u1(0));
const image = (left, top, width, height, flags, ...parts) =>
  join(u1(0x2c), le.u2(left, top, width, height), u1(flags), ...parts);
const data = (...parts) => join(u1(2), blocks(...parts));
const end = u1(0x3b);

write('gif', 'plain.gif', join(screen(2, 2, 0x80, filled(6)), image(0, 0, 2, 2, 0, data(u1(0x8c, 0x2d))), end));
write('gif', 'transparent.gif', join(
  screen(3, 3, 0x91, filled(12)), control(5, 10, 3), image(0, 0, 3, 3, 0, data(filled(9))), end));
write('gif', 'animated.gif', join(
  screen(5, 5, 0xf2, filled(24)), u1(0x21, 0xff, 11), text('NETSCAPE2.0'), blocks(join(u1(1), le.u2(3))),
  control(8, 5, 0), image(0, 0, 5, 5, 0, data(filled(30))), control(8, 6, 0), image(1, 1, 2, 2, 0, data(filled(4))), end));
write('gif', 'local.gif', join(
  screen(1, 1, 0), image(0, 0, 1, 1, 0xc1, filled(12), data(filled(3), filled(200), filled(255))), end));
write('gif', 'comment.gif', join(
  screen(1, 1, 0x80, filled(6)), u1(0x21, 0xfe), blocks(text('Nario'), text('second part')),
  u1(0x21, 0x01), blocks(filled(12), text('plain text')), image(0, 0, 1, 1, 0, data(u1(0x44, 1))), end));
write('gif', 'large.gif', join(
  screen(20, 20, 0xf7, filled(768)), image(0, 0, 20, 20, 0, data(filled(198), filled(22))), end));

// WAV

const riff = (id, body) => join(text(id), le.u4(body.length), body, body.length & 1 ? u1(0) : u1());
const wave = (...chunks) => riff('RIFF', join(text('WAVE'), ...chunks));
const format = (tag, channels, rate, bits, ...more) => riff('fmt ', join(
  le.u2(tag, channels), le.u4(rate, rate * channels * bits / 8), le.u2(channels * bits / 8, bits), ...more));

write('wav', 'pcm.wav', wave(format(1, 1, 8000, 8), riff('data', filled(20))));
write('wav', 'stereo.wav', wave(format(1, 2, 44100, 16), riff('data', filled(64))));
write('wav', 'float.wav', wave(format(3, 1, 48000, 32, le.u2(0)), riff('fact', le.u4(4)), riff('data', filled(16))));
write('wav', 'extensible.wav', wave(
  format(0xfffe, 2, 48000, 24, le.u2(22, 20), le.u4(3), le.u4(1), le.u2(0, 16), be.u8(0x800000aa00389b71n)),
  riff('data', filled(13))));
write('wav', 'list.wav', wave(
  format(1, 1, 8000, 8),
  riff('LIST', join(text('INFO'), riff('INAM', text('A name\0')), riff('ICMT', text('odd\0\0')))),
  riff('cue ', join(le.u4(2), le.u4(1, 0), text('data'), le.u4(0, 0, 0), le.u4(2, 8), text('data'), le.u4(0, 0, 8))),
  riff('data', filled(11)), riff('junk', filled(4))));
write('wav', 'broadcast.wav', wave(
  riff('bext', join(
    text('A description'.padEnd(256, '\0')), text('Nario'.padEnd(32, '\0')), text('REF1'.padEnd(32, '\0')),
    text('2026-11-2918:30:00'), le.u4(5, 0), le.u2(2), filled(64), le.u2(1, 2, 3, 4, 5), filled(180))),
  format(1, 1, 8000, 8), riff('iXML', text('<BWFXML/>')), riff('axml', text('<a/>')), riff('data', filled(3))));

// JPEG

const segment = (marker, ...parts) => {
  const body = join(...parts);
  return join(u1(0xff, marker), be.u2(body.length + 2), body);
};
const jfif = (units, thumbnail = u1(0, 0)) =>
  segment(0xe0, text('JFIF\0'), u1(1, 1, units), be.u2(72, 72), thumbnail);
const frame = (...components) =>
  segment(0xc0, u1(8), be.u2(16, 24), u1(components.length), ...components.map((item) => u1(...item)));
const scan = (...components) =>
  join(segment(0xda, u1(components.length), ...components.map((item) => u1(...item)), u1(0, 63, 0)), filled(30));
const jpeg = (...segments) => join(u1(0xff, 0xd8), ...segments);

write('jpeg', 'grey.jpg', jpeg(jfif(1), segment(0xdb, u1(0), filled(64)), frame([1, 0x11, 0]), scan([1, 0])));
write('jpeg', 'color.jpg', jpeg(
  jfif(2), frame([1, 0x22, 0], [2, 0x11, 1], [3, 0x11, 1]), segment(0xc4, filled(40)), scan([1, 0], [2, 0x11], [3, 0x11])));
write('jpeg', 'exif-little.jpg', jpeg(segment(0xe1, text('Exif\0\0'), exif(le, 'II')), frame([1, 0x11, 0]), scan([1, 0])));
write('jpeg', 'exif-big.jpg', jpeg(segment(0xe1, text('Exif\0\0'), exif(be, 'MM')), frame([1, 0x11, 0]), scan([1, 0])));
write('jpeg', 'comment.jpg', jpeg(
  jfif(0, join(u1(2, 1), filled(6))), segment(0xfe, text('Made for Nario')), segment(0xe1, text('http://ns.adobe.com/xap/1.0/\0<x/>')),
  segment(0xdd, be.u2(4)), frame([1, 0x21, 0]), scan([1, 0])));

// ELF

/** An object with a table of strings, of symbols, a note and code, of either width and order. */
function elf(bits, isLittle, { machine = 62, type = 1, programs = false } = {}) {
  const order = isLittle ? le : be;
  const word = bits === 64 ? order.u8 : order.u4;
  const sections = [{ name: '', type: 0, body: u1() }];
  const strings = text('\0main\0data\0');
  const symbol = (name, value, size, info, section) => bits === 64
    ? join(order.u4(name), u1(info, 0), order.u2(section), word(value, size))
    : join(order.u4(name), word(value, size), u1(info, 0), order.u2(section));
  sections.push({ name: '.text', type: 1, flags: 6, body: filled(16) });
  sections.push({ name: '.strtab', type: 3, body: strings });
  sections.push({
    name: '.symtab', type: 2, link: 2, info: 1, entry: bits === 64 ? 24 : 16,
    body: join(symbol(0, 0, 0, 0, 0), symbol(1, 4, 8, 0x12, 1), symbol(6, 0, 4, 0x11, 0xfff1)),
  });
  sections.push({ name: '.note', type: 7, flags: 2, body: join(order.u4(4, 4, 1), text('GNU\0'), order.u4(7)) });
  const names = join(...[...sections.map((item) => item.name), '.shstrtab'].map((name) => text(`${name}\0`)));
  sections.push({ name: '.shstrtab', type: 3, body: names });
  const headerSize = bits === 64 ? 64 : 52;
  const programSize = bits === 64 ? 56 : 32;
  let offset = headerSize + (programs ? programSize : 0);
  let nameOffset = 0;
  const table = [];
  for (const item of sections) {
    table.push(join(
      order.u4(nameOffset, item.type), word(item.flags ?? 0, 0, offset, item.body.length), order.u4(item.link ?? 0, item.info ?? 0),
      word(1, item.entry ?? 0)));
    nameOffset += item.name.length + 1;
    offset += item.body.length;
  }
  const program = bits === 64
    ? join(order.u4(1, 5), word(0, 0x1000, 0x1000, offset, offset, 0x1000))
    : join(order.u4(1), word(0, 0x1000, 0x1000, offset, offset), order.u4(5, 0x1000));
  return join(
    u1(0x7f, 0x45, 0x4c, 0x46, bits / 32, isLittle ? 1 : 2, 1, 0), Buffer.alloc(8), order.u2(type, machine), order.u4(1),
    word(0, programs ? headerSize : 0, offset), order.u4(0), order.u2(headerSize, programSize, programs ? 1 : 0, bits === 64 ? 64 : 40,
      sections.length, sections.length - 1),
    programs ? program : u1(), ...sections.map((item) => item.body), ...table);
}

write('elf', 'amd64.o', elf(64, true));
write('elf', 'i386.o', elf(32, true, { machine: 3 }));
write('elf', 'ppc.o', elf(32, false, { machine: 20 }));
write('elf', 's390x', elf(64, false, { machine: 22, type: 2, programs: true }));
write('elf', 'arm', elf(32, true, { machine: 40, type: 3, programs: true }));

// PCAP

const capture = (order, magic, network, ...packets) => join(
  order.u4(magic), order.u2(2, 4), order.u4(0, 0, 65535, network),
  ...packets.flatMap((packet) => [order.u4(1700000000, 5, packet.length, packet.length), packet]));
const ethernet = (type, body) => join(filled(6), filled(6, 1), be.u2(type), body);
const ipv4 = (protocol, body) => join(
  u1(0x45, 0), be.u2(20 + body.length, 1, 0x4000), u1(64, protocol), be.u2(0), u1(10, 0, 0, 1, 10, 0, 0, 2), body);
const ipv6 = (protocol, body) => join(u1(0x60, 0, 0, 0), be.u2(body.length), u1(protocol, 64), filled(16), filled(16, 3), body);
const udp = (from, to, body) => join(be.u2(from, to, 8 + body.length, 0), body);
const tcp = (from, to, body) => join(be.u2(from, to), be.u4(1, 2), u1(0x50, 0x18), be.u2(512, 0, 0), body);
const icmp = join(u1(8, 0), be.u2(0, 1, 2), filled(8));

write('pcap', 'udp.pcap', capture(le, 0xa1b2c3d4, 1, ethernet(0x800, ipv4(17, udp(5000, 6000, text('hello'))))));
write('pcap', 'tcp.pcap', capture(
  le, 0xa1b2c3d4, 1, ethernet(0x800, ipv4(6, tcp(80, 4000, text('HTTP/1.1 200 OK')))), ethernet(0x806, filled(28))));
write('pcap', 'big.pcap', capture(be, 0xa1b2c3d4, 1, ethernet(0x800, ipv4(1, icmp))));
write('pcap', 'ipv6.pcap', capture(le, 0xa1b23c4d, 1, ethernet(0x86dd, ipv6(17, udp(1, 2, filled(9)))), ethernet(0x86dd, ipv6(6, tcp(1, 2, u1())))));
write('pcap', 'other.pcap', capture(le, 0xa1b2c3d4, 113, filled(20), u1(), filled(3)));

// Others

write('dns_packet', 'query.bin', join(
  be.u2(0x1234, 0x0100, 1, 0, 0, 0), u1(7), text('example'), u1(3), text('com'), u1(0), be.u2(1, 1), u1()));
write('dns_packet', 'answer.bin', join(
  be.u2(0x1234, 0x8180, 1, 1, 0, 0), u1(7), text('example'), u1(3), text('com'), u1(0), be.u2(1, 1),
  be.u2(0xc00c, 1, 1), be.u4(300), be.u2(4), u1(93, 184, 216, 34)));
