import { type ComponentType, createElement, lazy } from "react";
import { dialogSheet } from "../../components/dialog.tsx";
import { learnAll } from "../../i18n/i18n.ts";
import { whenIdle } from "../../stores/when-idle.ts";

const ariaLanguage = () => import("../../components/aria-language.tsx");
const alarms = () => import("../alarms/alarms-page.tsx");
const allAlarms = () => import("../alarms/all-alarms-page.tsx");
const alarmHistory = () => import("../alarms/alarm-history-page.tsx");
const alarm = () => import("../alarms/alarm-page.tsx");
const control = () => import("../control/control-page.tsx");
const loop = () => import("../loops/loop-page.tsx");
const newLoop = () => import("../loops/new-loop-page.tsx");
const modes = () => import("../modes/modes-page.tsx");
const mode = () => import("../modes/mode-page.tsx");
const whatIf = () => import("../what-if/what-if-page.tsx");
const survival = () => import("../survival/survival-page.tsx");
const channel = () => import("../channel/channel-page.tsx");
const devices = () => import("../devices/devices-page.tsx");
const device = () => import("../devices/device-page.tsx");
const newDevice = () => import("../devices/new-device-page.tsx");
const equipment = () => import("../equipment/equipment-page.tsx");
const history = () => import("../history/history-page.tsx");
const notifications = () => import("../notifications/notifications-page.tsx");
const target = () => import("../notifications/target-page.tsx");
const firstRun = () => import("../session/first-run-page.tsx");
const signIn = () => import("../session/sign-in-page.tsx");
const appearance = () => import("../settings/appearance-page.tsx");
const settings = () => import("../settings/settings-page.tsx");
const system = () => import("../settings/system-page.tsx");
const tankSettings = () => import("../settings/tank-settings-page.tsx");
const users = () => import("../settings/users-page.tsx");
export const palette = () => import("./command-palette.tsx");
const holdDialog = () => import("../equipment/hold-dialog.tsx");
const arrange = () => import("../tank/arrange.tsx");
/** Until then the tank's page has all there is to have of the machine and of the line. */
const AHEAD_AFTER_MS = 3_000;

/** The tank's page comes with the program; every other one is a file of its own, so that the tank is seen at once. */
export const AlarmsPage = page(alarms, (m) => m.AlarmsPage);
export const AllAlarmsPage = page(allAlarms, (m) => m.AllAlarmsPage);
export const AlarmHistoryPage = page(alarmHistory, (m) => m.AlarmHistoryPage);
export const AlarmPage = page(alarm, (m) => m.AlarmPage);
export const NewAlarmPage = page(alarm, (m) => m.NewAlarmPage);
export const ChannelPage = page(channel, (m) => m.ChannelPage);
export const ControlPage = page(control, (m) => m.ControlPage);
export const LoopPage = page(loop, (m) => m.LoopPage);
export const NewLoopPage = page(newLoop, (m) => m.NewLoopPage);
export const ModesPage = page(modes, (m) => m.ModesPage);
export const ModePage = page(mode, (m) => m.ModePage);
export const NewModePage = page(mode, (m) => m.NewModePage);
export const WhatIfPage = page(whatIf, (m) => m.WhatIfPage);
export const SurvivalPage = page(survival, (m) => m.SurvivalPage);
export const DevicesPage = page(devices, (m) => m.DevicesPage);
export const DevicePage = page(device, (m) => m.DevicePage);
export const NewDevicePage = page(newDevice, (m) => m.NewDevicePage);
export const EquipmentPage = page(equipment, (m) => m.EquipmentPage);
export const HistoryPage = page(history, (m) => m.HistoryPage);
export const FirstRunPage = page(firstRun, (m) => m.FirstRunPage);
export const SignInPage = page(signIn, (m) => m.SignInPage);
export const AppearancePage = page(appearance, (m) => m.AppearancePage);
export const SettingsPage = page(settings, (m) => m.SettingsPage);
export const NotificationsPage = page(notifications, (m) => m.NotificationsPage);
export const NewTargetPage = page(target, (m) => m.NewTargetPage);
export const SystemPage = page(system, (m) => m.SystemPage);
export const TargetPage = page(target, (m) => m.TargetPage);
export const TankSettingsPage = page(tankSettings, (m) => m.TankSettingsPage);
export const UsersPage = page(users, (m) => m.UsersPage);

/** Fetches all of them when there is nothing else to do: a page or a dialog must open while the core that served it is away. */
export function fetchPagesAhead(): void {
  const all = [
    alarms,
    allAlarms,
    alarmHistory,
    alarm,
    channel,
    control,
    loop,
    newLoop,
    modes,
    mode,
    whatIf,
    survival,
    devices,
    device,
    newDevice,
    equipment,
    history,
    notifications,
    target,
    appearance,
    settings,
    system,
    tankSettings,
    users,
    palette,
    holdDialog,
    arrange,
    dialogSheet,
    learnAll,
  ];
  const fetchAll = () => {
    // One that cannot be fetched now is fetched when it is opened, and its failure is told there.
    for (const load of all) load().catch(() => undefined);
  };
  setTimeout(() => whenIdle(fetchAll), AHEAD_AFTER_MS);
}

/** With it come the words of all pages but the tank's, and the language for what react-aria says. */
function page<M, P extends object>(load: () => Promise<M>, pick: (module: M) => ComponentType<P>) {
  return lazy(async () => {
    const [module, { AriaLanguage }] = await Promise.all([load(), ariaLanguage(), learnAll()]);
    const Page = pick(module);
    return { default: (props: P) => createElement(AriaLanguage, null, createElement(Page, props)) };
  });
}
