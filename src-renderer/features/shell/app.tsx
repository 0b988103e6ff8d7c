import { type JSX, useEffect } from "react";
import { Redirect, Route, Switch, useLocation } from "wouter";
import { speak } from "../../i18n/i18n.ts";
import { Spoken } from "../../i18n/spoken.tsx";
import { useConnection } from "../../stores/connection.ts";
import { usePreferences } from "../../stores/preferences.ts";
import { useSession } from "../../stores/session.ts";
import { KioskFrame } from "../kiosk/kiosk-frame.tsx";
import { KioskScreen } from "../kiosk/kiosk-screen.tsx";
import { WaitingPage } from "../session/waiting-page.tsx";
import { TankPage } from "../tank/tank-page.tsx";
import {
  AlarmHistoryPage,
  AlarmPage,
  AlarmsPage,
  AllAlarmsPage,
  AppearancePage,
  ChannelPage,
  ControlPage,
  DevicePage,
  DevicesPage,
  EquipmentPage,
  FirstRunPage,
  fetchPagesAhead,
  HistoryPage,
  LoopPage,
  ModePage,
  ModesPage,
  NewAlarmPage,
  NewDevicePage,
  NewLoopPage,
  NewModePage,
  NewTargetPage,
  NotificationsPage,
  SettingsPage,
  SignInPage,
  SurvivalPage,
  SystemPage,
  TankSettingsPage,
  TargetPage,
  UsersPage,
  WhatIfPage,
} from "./lazy-pages.ts";
import { NotFoundPage } from "./not-found-page.tsx";
import { PageBoundary } from "./page-boundary.tsx";
import { Shell } from "./shell.tsx";

/** Which screen is shown: by who is signed in, then by the address. */
export function App(): JSX.Element {
  return (
    <Spoken>
      <Screen />
      <KioskScreen />
    </Spoken>
  );
}

function Screen(): JSX.Element {
  const stage = useSession((s) => s.stage);
  const isConnecting = useConnection((c) => c.state === "connecting");
  const language = usePreferences((p) => p.language);
  const [location] = useLocation();
  useEffect(() => void speak(language), [language]);
  useEffect(() => {
    if (stage === "signed-in") fetchPagesAhead();
  }, [stage]);

  if (isConnecting || stage === "unknown") return <WaitingPage />;
  if (stage !== "signed-in")
    return <PageBoundary>{stage === "first-run" ? <FirstRunPage /> : <SignInPage />}</PageBoundary>;
  return (
    <KioskFrame>
      <Shell>
        <PageBoundary key={location}>
          <Pages />
        </PageBoundary>
      </Shell>
    </KioskFrame>
  );
}

function Pages(): JSX.Element {
  return (
    <Switch>
      <Route path="/" component={TankPage} />
      <Route path="/index.html">
        <Redirect to="/" replace />
      </Route>
      <Route path="/history" component={HistoryPage} />
      <Route path="/channels/:id">{({ id }) => <ChannelPage key={id} channelId={id} />}</Route>
      <Route path="/equipment" component={EquipmentPage} />
      <Route path="/alarms" component={AlarmsPage} />
      <Route path="/alarms/all" component={AllAlarmsPage} />
      <Route path="/alarms/history" component={AlarmHistoryPage} />
      <Route path="/alarms/new" component={NewAlarmPage} />
      <Route path="/alarms/:id">{({ id }) => <AlarmPage key={id} alarmId={id} />}</Route>
      <Route path="/control" component={ControlPage} />
      <Route path="/control/new" component={NewLoopPage} />
      <Route path="/control/what-if" component={WhatIfPage} />
      <Route path="/control/survival" component={SurvivalPage} />
      <Route path="/control/modes" component={ModesPage} />
      <Route path="/control/modes/new" component={NewModePage} />
      <Route path="/control/modes/:id">{({ id }) => <ModePage key={id} modeId={id} />}</Route>
      <Route path="/control/:id">{({ id }) => <LoopPage key={id} loopId={id} />}</Route>
      <Route path="/settings" component={SettingsPage} />
      <Route path="/settings/devices" component={DevicesPage} />
      <Route path="/settings/devices/new" component={NewDevicePage} />
      <Route path="/settings/devices/:id">{({ id }) => <DevicePage key={id} deviceId={id} />}</Route>
      <Route path="/settings/notifications" component={NotificationsPage} />
      <Route path="/settings/notifications/new" component={NewTargetPage} />
      <Route path="/settings/notifications/:id">{({ id }) => <TargetPage key={id} targetId={id} />}</Route>
      <Route path="/settings/users" component={UsersPage} />
      <Route path="/settings/system" component={SystemPage} />
      <Route path="/settings/tank" component={TankSettingsPage} />
      <Route path="/settings/appearance" component={AppearancePage} />
      <Route component={NotFoundPage} />
    </Switch>
  );
}
