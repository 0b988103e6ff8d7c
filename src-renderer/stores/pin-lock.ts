import { create } from "zustand";

interface PinLockState {
  /** Acts wait for the PIN. */
  readonly isLocked: boolean;
  /** The PIN pad is open. */
  readonly isAsked: boolean;
}

/** On a kiosk whose user has a PIN: acts are locked until it was entered, and again after a while without a touch. */
export const usePinLock = create<PinLockState>(() => ({ isLocked: false, isAsked: false }));

export function lockByPin(): void {
  usePinLock.setState({ isLocked: true });
}

/** Where there is no PIN, or it was right. */
export function unlock(): void {
  usePinLock.setState({ isLocked: false, isAsked: false });
}

/** Opens the PIN pad, where something is locked. */
export function askForPin(): void {
  usePinLock.setState(({ isLocked }) => ({ isAsked: isLocked }));
}

export function closePinPad(): void {
  usePinLock.setState({ isAsked: false });
}
