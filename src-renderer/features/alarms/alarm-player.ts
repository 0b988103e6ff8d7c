import { create } from "zustand";
import type { Melody } from "./alarm-melody.ts";

interface SoundState {
  /** Those that were muted: heard again with the first one that is not among them. */
  readonly muted: ReadonlySet<string>;
  /** The browser lets a page make no sound before somebody touched it. */
  readonly isBlocked: boolean;
}

export const useSound = create<SoundState>(() => ({ muted: new Set(), isBlocked: false }));

/** Quiet until an alarm calls that is none of these. */
export function mute(raisings: readonly string[]): void {
  useSound.setState(({ muted }) => ({ muted: new Set([...muted, ...raisings]) }));
}

export function unmute(): void {
  useSound.setState({ muted: new Set() });
}

const VOLUME = 0.5;
/** A tone that begins or ends at once clicks. */
const RAMP_S = 0.015;

let context: AudioContext | null = null;

/** Plays it again and again, from now on. @returns ends it */
export function play(melody: Melody): () => void {
  const audio = contextHere();
  if (audio === null) return () => undefined;
  const sounding = new Set<OscillatorNode>();
  const once = (): void => {
    if (audio.state !== "running") return;
    for (const { atS, durationS, hz } of melody.notes) {
      const tone = audio.createOscillator();
      const gain = audio.createGain();
      const startS = audio.currentTime + atS;
      tone.type = "triangle";
      tone.frequency.value = hz;
      gain.gain.setValueAtTime(0, startS);
      gain.gain.linearRampToValueAtTime(VOLUME, startS + RAMP_S);
      gain.gain.setValueAtTime(VOLUME, startS + durationS - RAMP_S);
      gain.gain.linearRampToValueAtTime(0, startS + durationS);
      tone.connect(gain).connect(audio.destination);
      tone.start(startS);
      tone.stop(startS + durationS);
      sounding.add(tone);
      tone.onended = () => sounding.delete(tone);
    }
  };
  const begin = (): void => {
    useSound.setState({ isBlocked: audio.state !== "running" });
    if (audio.state === "running") once();
  };
  audio.addEventListener("statechange", begin);
  void audio.resume().catch(() => undefined);
  begin();
  const timer = setInterval(once, melody.everyS * 1_000);
  // A touch anywhere is the permission a browser waits for.
  const wake = (): void => void audio.resume().catch(() => undefined);
  addEventListener("pointerdown", wake, { capture: true, passive: true });
  return () => {
    clearInterval(timer);
    audio.removeEventListener("statechange", begin);
    removeEventListener("pointerdown", wake, { capture: true });
    for (const tone of sounding) tone.stop();
  };
}

function contextHere(): AudioContext | null {
  if (context === null && typeof AudioContext === "function") context = new AudioContext();
  return context;
}
