import { create } from "zustand";

const IS_KIOSK_KEY = "reef.isKiosk";
const DIM_AFTER_KEY = "reef.dimAfterMin";

/** After how many minutes without a touch the screen shows the clock alone; "never" keeps the page. */
export const DIM_CHOICES = ["1", "5", "15", "never"] as const;
export type DimAfterMin = (typeof DIM_CHOICES)[number];
const DIM_AFTER_MIN: DimAfterMin = "5";

interface KioskState {
  /** This page is a touch screen by the tank, not somebody's desk. */
  readonly isKiosk: boolean;
  /** Of this screen, whoever is signed in at it. */
  readonly dimAfterMin: DimAfterMin;
}

export const useKiosk = create<KioskState>(() => ({
  isKiosk: readIsKiosk(),
  dimAfterMin: readDimAfter(),
}));

export function dimAfter(dimAfterMin: DimAfterMin): void {
  localStorage.setItem(DIM_AFTER_KEY, dimAfterMin);
  useKiosk.setState({ dimAfterMin });
}

/** `?kiosk=1` makes it one, `?kiosk=0` undoes it; kept for the tab, because routes leave the query behind. */
function readIsKiosk(): boolean {
  const asked = new URLSearchParams(location.search).get("kiosk");
  if (asked !== null) sessionStorage.setItem(IS_KIOSK_KEY, asked);
  return sessionStorage.getItem(IS_KIOSK_KEY) === "1";
}

function readDimAfter(): DimAfterMin {
  const kept = localStorage.getItem(DIM_AFTER_KEY);
  return DIM_CHOICES.find((choice) => choice === kept) ?? DIM_AFTER_MIN;
}
