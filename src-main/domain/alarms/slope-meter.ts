/** A window is kept as so many pieces: a window of a day costs as little as one of an hour. */
const PIECES = 60;

/** Over samples: t in s since where they begin, v against the meter's reference. */
interface Sums {
  n: number;
  t: number;
  v: number;
  tt: number;
  tv: number;
  vv: number;
}

interface Piece extends Sums {
  readonly index: number;
  readonly firstMs: number;
  lastMs: number;
}

/** A straight line through a window of samples. */
export interface Slope {
  readonly perS: number;
  /** What the line says at the window's end. */
  readonly value: number;
  /** Of the slope, per s; how much of it may be noise. */
  readonly standardError: number;
  readonly samples: number;
  /** From the first sample to the last, s. */
  readonly spanS: number;
}

/** The slope of a window of samples by least squares. Whoever asks says what is enough of them. */
export class SlopeMeter {
  readonly #windowMs: number;
  readonly #pieceMs: number;
  #pieces: Piece[] = [];
  /** Of all pieces but the last, which alone still grows; null: to be added up again. */
  #closed: Readonly<Sums> | null = null;
  #reference: number | null = null;

  /** @param windowS at least 60 */
  constructor(windowS: number) {
    this.#windowMs = windowS * 1_000;
    this.#pieceMs = this.#windowMs / PIECES;
  }

  /** @param atMs monotonic; never earlier than the one before */
  add(atMs: number, value: number): void {
    this.#reference ??= value;
    const index = Math.floor(atMs / this.#pieceMs);
    let piece = this.#pieces.at(-1);
    if (piece?.index !== index) {
      piece = { index, firstMs: atMs, lastMs: atMs, n: 0, t: 0, v: 0, tt: 0, tv: 0, vv: 0 };
      this.#pieces.push(piece);
      this.#closed = null;
      this.#forget(atMs);
    }
    const t = (atMs - index * this.#pieceMs) / 1_000;
    const v = value - this.#reference;
    piece.lastMs = atMs;
    piece.n += 1;
    piece.t += t;
    piece.v += v;
    piece.tt += t * t;
    piece.tv += t * v;
    piece.vv += v * v;
  }

  /** null: no two samples at different instants. @param nowMs monotonic: what is older than the window is forgotten */
  slope(nowMs: number): Slope | null {
    this.#forget(nowMs);
    const first = this.#pieces[0];
    const last = this.#pieces.at(-1);
    if (first === undefined || last === undefined || last.lastMs === first.firstMs) return null;
    this.#closed ??= this.#sumsOf(this.#pieces.slice(0, -1), first.index);
    const sums = { ...this.#closed };
    this.#add(sums, last, first.index);
    const { n } = sums;
    const spread = n * sums.tt - sums.t * sums.t;
    const perS = (n * sums.tv - sums.t * sums.v) / spread;
    const residual = Math.max(0, sums.vv - (sums.v * sums.v) / n - (perS * perS * spread) / n);
    const endS = (last.lastMs - first.index * this.#pieceMs) / 1_000;
    return {
      perS,
      value: (this.#reference ?? 0) + sums.v / n + perS * (endS - sums.t / n),
      standardError: n > 2 ? Math.sqrt(((residual / (n - 2)) * n) / spread) : Number.POSITIVE_INFINITY,
      samples: n,
      spanS: (last.lastMs - first.firstMs) / 1_000,
    };
  }

  forgetAll(): void {
    this.#pieces = [];
    this.#closed = null;
  }

  #forget(nowMs: number): void {
    const oldest = nowMs - this.#windowMs;
    let gone = 0;
    while ((this.#pieces[gone]?.lastMs ?? Infinity) < oldest) gone += 1;
    if (gone === 0) return;
    this.#pieces.splice(0, gone);
    this.#closed = null;
  }

  #sumsOf(pieces: readonly Piece[], origin: number): Sums {
    const sums = { n: 0, t: 0, v: 0, tt: 0, tv: 0, vv: 0 };
    for (const piece of pieces) this.#add(sums, piece, origin);
    return sums;
  }

  /** @param origin index of the piece that the sums' time begins with */
  #add(sums: Sums, piece: Piece, origin: number): void {
    const shiftS = ((piece.index - origin) * this.#pieceMs) / 1_000;
    sums.n += piece.n;
    sums.t += piece.t + piece.n * shiftS;
    sums.tt += piece.tt + 2 * shiftS * piece.t + piece.n * shiftS * shiftS;
    sums.v += piece.v;
    sums.tv += piece.tv + shiftS * piece.v;
    sums.vv += piece.vv;
  }
}
