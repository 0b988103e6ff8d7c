import { ArrowDown, ArrowUp, GripVertical } from "lucide-react";
import { type JSX, type PointerEvent, useRef, useState } from "react";
import type { Channel } from "#contract/channels.ts";
import { Button } from "../../components/button.tsx";
import { Switch } from "../../components/fields.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import styles from "./arrange.module.css";
import { moved } from "./tiles.ts";

interface ArrangeListProps {
  readonly title: string;
  readonly items: readonly Channel[];
  readonly hidden: ReadonlySet<string>;
  readonly onMove: (items: readonly Channel[]) => void;
  readonly onShow: (id: string, isShown: boolean) => void;
}

/** A list in the order of the tiles: dragged by its handles with finger or mouse, or moved by its buttons. */
export function ArrangeList({ title, items, hidden, onMove, onShow }: ArrangeListProps): JSX.Element | null {
  const { t } = useTranslation("tank");
  const list = useRef<HTMLOListElement>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  if (items.length === 0) return null;

  const move = (from: number, to: number): void => {
    const next = moved(items, from, to);
    if (next === items) return;
    onMove(next);
    setSaid(t("arrange.moved", { name: items[from]?.name ?? "", place: to + 1, count: items.length }));
  };
  const drag = (event: PointerEvent, id: string): void => {
    if (dragged !== id || list.current === null) return;
    move(
      items.findIndex((item) => item.id === id),
      placeAt(list.current, event.clientY),
    );
  };

  return (
    <div className={styles["list"]}>
      <h3>{title}</h3>
      <ol ref={list}>
        {items.map((item, place) => (
          <li
            key={item.id}
            data-dragged={dragged === item.id || undefined}
            data-hidden={hidden.has(item.id) || undefined}
          >
            <span
              className={styles["grip"]}
              onPointerDown={(event) => {
                event.currentTarget.setPointerCapture(event.pointerId);
                setDragged(item.id);
              }}
              onPointerMove={(event) => drag(event, item.id)}
              onPointerUp={() => setDragged(null)}
              onPointerCancel={() => setDragged(null)}
            >
              <GripVertical aria-hidden="true" />
            </span>
            <span className={styles["name"]}>{item.name}</span>
            <Switch isSelected={!hidden.has(item.id)} onChange={(isShown) => onShow(item.id, isShown)}>
              <span className={styles["heard"]}>{t("arrange.show", { name: item.name })}</span>
            </Switch>
            <Button
              kind="quiet"
              label={t("arrange.up", { name: item.name })}
              disabledReason={place === 0 ? t("arrange.isFirst") : null}
              isReasonHidden
              onPress={() => move(place, place - 1)}
            >
              <ArrowUp aria-hidden="true" />
            </Button>
            <Button
              kind="quiet"
              label={t("arrange.down", { name: item.name })}
              disabledReason={place === items.length - 1 ? t("arrange.isLast") : null}
              isReasonHidden
              onPress={() => move(place, place + 1)}
            >
              <ArrowDown aria-hidden="true" />
            </Button>
          </li>
        ))}
      </ol>
      <p className={styles["heard"]} role="status">
        {said}
      </p>
    </div>
  );
}

/** Which row a finger at this height is over. */
function placeAt(list: HTMLElement, clientY: number): number {
  const rows = [...list.children].map((row) => row.getBoundingClientRect());
  const place = rows.findIndex(({ bottom }) => clientY < bottom);
  return place < 0 ? rows.length - 1 : place;
}
