interface Measure {
  width: number
  height: number
}

const MEASURES: Record<string, (picture: Buffer) => Measure | undefined> = {
  'image/png': measurePng,
  'image/gif': measureGif,
  'image/jpeg': measureJpeg,
  'image/webp': measureWebp,
}

export const isPicture = (type: string) => type in MEASURES

/** How large a picture says that it is; nothing when it is cut off before it says so. */
export function measure(type: string, picture: Buffer): Measure | undefined {
  try {
    return MEASURES[type]?.(picture)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function measurePng(picture: Buffer): Measure | undefined {
  if (picture.toString('latin1', 12, 16) !== 'IHDR') return undefined
  return { width: picture.readUInt32BE(16), height: picture.readUInt32BE(20) }
}

function measureGif(picture: Buffer): Measure {
  return { width: picture.readUInt16LE(6), height: picture.readUInt16LE(8) }
}

/** Walks from one marked segment to the next, to the one that begins the picture itself. */
function measureJpeg(picture: Buffer): Measure | undefined {
  let at = 2
  while (picture.readUInt8(at) === 0xff) {
    const marker = picture.readUInt8(at + 1)
    if (marker === 0xff) at += 1
    else if (beginsFrame(marker)) return { width: picture.readUInt16BE(at + 7), height: picture.readUInt16BE(at + 5) }
    else at += 2 + picture.readUInt16BE(at + 2)
  }
  return undefined
}

// Among the marks of frames, three are of tables.
const beginsFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

/** https://developers.google.com/speed/webp/docs/riff_container */
function measureWebp(picture: Buffer): Measure | undefined {
  switch (picture.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return { width: picture.readUInt16LE(26) & 0x3fff, height: picture.readUInt16LE(28) & 0x3fff }
    case 'VP8L': {
      const bits = picture.readUInt32LE(21)
      return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 }
    }
    case 'VP8X':
      return { width: picture.readUIntLE(24, 3) + 1, height: picture.readUIntLE(27, 3) + 1 }
    default:
      return undefined
  }
}
