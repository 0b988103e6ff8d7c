import { type JSX, lazy, type ReactNode } from "react";
import type { Channel } from "#contract/channels.ts";
import { LoadBoundary } from "../../components/load-boundary.tsx";
import { useHasBeenIdle, WhenIdle } from "../../components/when-idle.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { usePreferences } from "../../stores/preferences.ts";
import { OutputCard } from "../equipment/output-card.tsx";
import { SettledContext } from "./settled.ts";
import styles from "./tank-page.module.css";
import { arranged, paged, type Tiles } from "./tiles.ts";
import { useTrendsOf } from "./use-trends.ts";
import { VitalTile } from "./vital-tile.tsx";

const Today = lazy(async () => ({ default: (await import("./today.tsx")).Today }));
/** Lanes that a page of the touch screen has room for. */
const LANES_PER_PAGE = 7;

/** As many as the touch screen by the tank shows at once; the first vital is as large as two, and one is beside it. */
const PER_PAGE = 6;
const VITALS_ON_FIRST = 7;

/** The tiles in the user's order; on a low screen in pages to swipe, anywhere else one below the other. */
export function Dashboard({ tiles }: { readonly tiles: Tiles }): JSX.Element {
  const { t } = useTranslation("tank");
  const arrangement = usePreferences((p) => p.dashboard);
  const vitals = arranged(tiles.vitals, arrangement);
  const outputs = arranged(tiles.outputs, arrangement);
  // Values first: what can be switched, and the lines of the last hour, come right after them.
  const isSettled = useHasBeenIdle();
  useTrendsOf(vitals.map(({ id }) => id));
  if (vitals.length + outputs.length === 0) return <p className={styles["hidden"]}>{t("allHidden")}</p>;
  const [hero] = vitals;
  return (
    <>
      <SettledContext value={isSettled}>
        <Pages title={t("vitals")} kind="vitals" channels={vitals}>
          {(channel) => <VitalTile channel={channel} isHero={channel === hero} />}
        </Pages>
      </SettledContext>
      {isSettled && (
        <Pages title={t("outputs")} kind="outputs" channels={outputs} isFollowed>
          {(channel) => <OutputCard channel={channel} isBrief />}
        </Pages>
      )}
    </>
  );
}

interface PagesProps {
  readonly title: string;
  readonly kind: "vitals" | "outputs";
  readonly channels: readonly Channel[];
  /** Whether what they did today comes after them, as pages of its own. */
  readonly isFollowed?: boolean;
  readonly children: (channel: Channel) => ReactNode;
}

function Pages({ title, kind, channels, isFollowed = false, children }: PagesProps): JSX.Element | null {
  if (channels.length === 0) return null;
  const pages = paged(channels, PER_PAGE, kind === "vitals" ? VITALS_ON_FIRST : PER_PAGE);
  return (
    <section className={styles[kind]} aria-label={title} data-paged={isFollowed || pages.length > 1 || undefined}>
      <h2 className={styles["heard"]}>{title}</h2>
      <div className={styles["pages"]}>
        {pages.map((page, at) => (
          <ul key={page[0]?.id} className={styles["tiles"]} data-first={at === 0 || undefined}>
            {page.map((channel) => (
              <li key={channel.id}>{children(channel)}</li>
            ))}
          </ul>
        ))}
        {isFollowed && <TodayPages channels={channels} />}
      </div>
    </section>
  );
}

/** What is now comes first; what was today is fetched when the page has nothing else to do. */
function TodayPages({ channels }: { readonly channels: readonly Channel[] }): JSX.Element {
  return (
    <WhenIdle>
      <LoadBoundary>
        {paged(channels, LANES_PER_PAGE).map((page) => (
          <Today key={page[0]?.id} channels={page} />
        ))}
      </LoadBoundary>
    </WhenIdle>
  );
}
