import { CircleCheck, TriangleAlert } from "lucide-react";
import { type JSX, useState } from "react";
import type { DeviceTestResult } from "#contract/devices.ts";
import { type Problem, problemOf } from "../../api/problem.ts";
import { Button } from "../../components/button.tsx";
import { Failure } from "../../components/states.tsx";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { useConnection } from "../../stores/connection.ts";
import { core } from "../../stores/core.ts";
import styles from "./devices.module.css";
import panelStyles from "./panel.module.css";
import { Panel } from "./panel.tsx";

interface Tested {
  readonly result: DeviceTestResult;
  readonly atMs: number;
}

/** One live check: pending until the device answered, then what it said. */
export function DeviceTest({ deviceId }: { readonly deviceId: string }): JSX.Element {
  const { t } = useTranslation("devices");
  const blocked = useBlocked("admin");
  const clockOffsetMs = useConnection((c) => c.clockOffsetMs);
  const [isPending, setPending] = useState(false);
  const [tested, setTested] = useState<Tested | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  const run = async (): Promise<void> => {
    setPending(true);
    setProblem(null);
    setTested(null);
    try {
      const result = await core.api.devices.test.mutate({ id: deviceId });
      setTested({ result, atMs: Date.now() + clockOffsetMs });
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setPending(false);
    }
  };

  return (
    <Panel
      title={t("test.title")}
      lead={t("test.help")}
      aside={
        <Button isPending={isPending} disabledReason={blocked} onPress={() => void run()}>
          {isPending ? t("test.running") : t("test.run")}
        </Button>
      }
    >
      <div aria-live="polite">
        {tested !== null && <Result tested={tested} />}
        {problem !== null && <Failure problem={problem} />}
      </div>
    </Panel>
  );
}

function Result({ tested: { result, atMs } }: { readonly tested: Tested }): JSX.Element {
  const { t } = useTranslation("devices");
  const formats = useFormats();
  const duration = `${formats.number(result.latencyMs, result.latencyMs < 10 ? 1 : 0)} ms`;
  const Icon = result.ok ? CircleCheck : TriangleAlert;
  return (
    <div className={panelStyles["result"]} data-ok={result.ok}>
      <Icon aria-hidden="true" />
      <div>
        <p>
          <strong>{result.ok ? t("test.ok") : t("test.failed")}</strong>
        </p>
        <p>{result.detail}</p>
        <p className={styles["quiet"]}>{t("test.at", { time: formats.time(atMs), duration })}</p>
      </div>
    </div>
  );
}
