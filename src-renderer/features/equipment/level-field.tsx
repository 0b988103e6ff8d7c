import type { JSX } from "react";
import { Label, Slider, SliderOutput, SliderThumb, SliderTrack } from "react-aria-components";
import { useTranslation } from "../../i18n/use-translation.ts";
import styles from "./hold-dialog.module.css";

interface LevelFieldProps {
  /** %, 1 to 100. */
  readonly value: number;
  readonly onChange: (levelPct: number) => void;
}

/** A level by finger, wheel or arrow keys. */
export function LevelField({ value, onChange }: LevelFieldProps): JSX.Element {
  const { t } = useTranslation("equipment");
  return (
    <Slider
      className={styles["slider"] ?? ""}
      value={value}
      minValue={1}
      maxValue={100}
      step={1}
      onChange={onChange}
    >
      <div className={styles["level"]}>
        <Label>{t("hold.level")}</Label>
        <SliderOutput className={styles["output"] ?? ""}>{`${value} %`}</SliderOutput>
      </div>
      <SliderTrack className={styles["track"] ?? ""}>
        <SliderThumb className={styles["thumb"] ?? ""} />
      </SliderTrack>
    </Slider>
  );
}
