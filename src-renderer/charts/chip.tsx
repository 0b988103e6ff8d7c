import type { JSX } from "react";
import { ToggleButton } from "react-aria-components";
import styles from "./chip.module.css";

interface ChipProps {
  readonly text: string;
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  /** Which series color it has in the chart; left out: none. */
  readonly color?: number | undefined;
  readonly isDisabled?: boolean;
}

/** One of several that can be looked at together. */
export function Chip({ text, isSelected, onChange, color, isDisabled = false }: ChipProps): JSX.Element {
  return (
    <ToggleButton
      className={styles["chip"] ?? ""}
      isSelected={isSelected}
      onChange={onChange}
      isDisabled={isDisabled}
    >
      <span className={styles["mark"]} data-color={color} aria-hidden="true">
        {isSelected ? "✓" : "+"}
      </span>
      {text}
    </ToggleButton>
  );
}
