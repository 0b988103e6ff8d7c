/** x⁸ + x⁵ + x⁴ + 1, least significant bit first (Maxim application note 27). */
const POLYNOMIAL = 0x8c;

/** The 1-Wire CRC of `bytes`; over data and its own CRC byte it is 0. */
export function crc8(bytes: Iterable<number>): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 0 ? crc >> 1 : (crc >> 1) ^ POLYNOMIAL;
  }
  return crc;
}
