export const kiosk = {
  lock: {
    isLocked: "Locked",
    isOpen: "Unlocked",
    unlock: "Locked: enter the PIN",
    lock: "Unlocked: lock now",
  },
  pin: {
    title: "Enter the PIN",
    help: "4 to 8 digits, then the tick. The screen stays unlocked until nobody has touched it for 5 minutes.",
    entered_one: "{{count}} digit entered",
    entered_other: "{{count}} digits entered",
    erase: "Erase the last digit",
    enter: "Unlock",
    checking: "Checking …",
    wrong: "That is not the PIN. Try again.",
    tooMany: "Too many wrong PINs. Try again in {{seconds}} s.",
    tooManySoon: "Too many wrong PINs. Try again in a minute.",
    offline: "The controller does not answer, so the PIN cannot be checked now.",
  },
  night: {
    label: "Clock",
    hint: "Tank time ({{zone}}) · touch to wake",
    noTemperature: "The temperature is not known now.",
  },
  keyboard: { space: "Space", next: "Next", done: "Done" },
} as const;
