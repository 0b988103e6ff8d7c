/**
 * Randomness as a pure function of seed, stream and index: the same tank says the same at the same moment, however
 * often and in whatever order it is asked. The mixing is the finalizer of MurmurHash3 (Appleby), three rounds of it.
 */
function mixed(seed: number, stream: number, index: number): number {
  return finalized(
    finalized(finalized(seed | 0) ^ Math.imul(stream | 0, 0x9e3779b1)) ^ Math.imul(index | 0, 0x85ebca77),
  );
}

function finalized(bits: number): number {
  let h = (bits + 0x6d2b79f5) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** One of many independent sequences of the same seed. */
export interface NoiseStream {
  readonly seed: number;
  readonly stream: number;
}

/** @returns evenly spread in [0, 1) */
export function uniformAt({ seed, stream }: NoiseStream, index: number): number {
  return mixed(seed, stream, index) / 2 ** 32;
}

/** @returns normally spread, mean 0, standard deviation 1 (Box and Muller 1958) */
export function gaussianAt({ seed, stream }: NoiseStream, index: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - uniformAt({ seed, stream }, 2 * index)));
  return radius * Math.cos(2 * Math.PI * uniformAt({ seed, stream }, 2 * index + 1));
}

/** A smooth wander through random points one unit of `x` apart. @returns in [-1, 1] */
export function wanderAt(stream: NoiseStream, x: number): number {
  const left = Math.floor(x);
  const part = x - left;
  const from = 2 * uniformAt(stream, left) - 1;
  const to = 2 * uniformAt(stream, left + 1) - 1;
  return from + (to - from) * part * part * (3 - 2 * part);
}

/** A stream's number from its name (FNV-1a). */
export function streamOf(name: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) h = Math.imul(h ^ name.charCodeAt(i), 0x01000193);
  return h >>> 0;
}
