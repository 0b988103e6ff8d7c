import type { Channel } from "#contract/channels.ts";
import type { Loop, LoopCreate, LoopType } from "#contract/loops.ts";
import type { Quantity, Role } from "#contract/quantities.ts";
import { outputsOf } from "#domain/control/loop-channels.ts";
import type { Draft } from "../control/form/draft.ts";

export type LoopDraft = Draft<LoopCreate>;
export type DraftOf<T extends LoopType> = Extract<LoopDraft, { readonly type: T }>;

/** The loop as it is kept, to be edited. */
export function draftOf(loop: Loop): LoopDraft {
  const { id: _, live: __, ...draft } = loop;
  return draft;
}

export interface KnownTank {
  readonly channels: readonly Channel[];
  readonly loops: readonly Loop[];
  /** What a level sensor says now, in its unit; null: nothing that can be trusted. */
  readonly levelOf: (channelId: string) => number | null;
}

const EMPTY = "";
/** How far below what the sump holds now a new top-off lets it fall, %. */
const FIRST_FALL_PCT = 2;
const FIRST_FOR_S = 60;

/** A loop of this type as a keeper would begin it: what fits and is free is filled in, the rest left to him. */
export function newDraft(type: LoopType, tank: KnownTank, name: string): LoopDraft {
  const common = { name: freeName(name, tank.loops), isEnabled: true };
  switch (type) {
    case "thermostat":
      return { ...common, ...thermostat(tank) };
    case "top-off":
      return { ...common, ...topOff(tank) };
    case "doser":
      return { ...common, ...doser(tank) };
    case "rule":
      return { ...common, ...rule() };
  }
}

type Bare<T extends LoopType> = Omit<DraftOf<T>, "name" | "isEnabled">;

function thermostat(tank: KnownTank): Bare<"thermostat"> {
  return {
    type: "thermostat",
    sensorChannelId: sensor(tank, "temperature", "display") ?? EMPTY,
    secondSensorChannelId: null,
    heaterChannelId: freeOutput(tank, "heater"),
    chillerChannelId: freeOutput(tank, "chiller"),
    setpointC: 25.5,
    hysteresisC: 0.15,
    night: null,
    monthlyOffsetsC: null,
    holdsLastDuty: false,
    roomSensorChannelId: sensor(tank, "temperature", "room"),
  };
}

function topOff(tank: KnownTank): Bare<"top-off"> {
  const levelChannelId = sensor(tank, "level", "sump") ?? EMPTY;
  return {
    type: "top-off",
    pumpChannelId: freeOutput(tank, "top-off") ?? EMPTY,
    levelChannelId,
    ...firstLevels(tank, levelChannelId),
    highLevelChannelId: null,
    reservoirChannelId: sensor(tank, "level", "reservoir"),
    reservoirEmptyBelowPct: 2,
    returnPumpChannelId: output(tank, "return-pump"),
    leakChannelIds: tank.channels.filter(({ quantity }) => quantity === "leak").map(({ id }) => id),
    onDelayS: 10,
    offDelayS: 5,
  };
}

/** A digital sensor has one limit; one in % keeps what there is now. */
export function firstLevels(
  { channels, levelOf }: Pick<KnownTank, "channels" | "levelOf">,
  levelChannelId: string,
): { readonly fillBelow: number; readonly fillUntil: number } {
  const channel = channels.find(({ id }) => id === levelChannelId);
  const now = levelOf(levelChannelId);
  if (channel === undefined || !isPercent(channel) || now === null) return { fillBelow: 0.5, fillUntil: 0.5 };
  const fillUntil = Math.round(now);
  return { fillBelow: Math.max(0, fillUntil - FIRST_FALL_PCT), fillUntil };
}

/** A level in %, not a float that is wet or dry. */
export function isPercent({ unit }: Pick<Channel, "unit">): boolean {
  return unit === "%";
}

function doser(tank: KnownTank): Bare<"doser"> {
  return {
    type: "doser",
    pumpChannelId: freeOutput(tank, "doser") ?? EMPTY,
    part: "other",
    alkalinityDkhPerMl: null,
    mlPerDay: Number.NaN,
    dosesPerDay: 24,
    dosesFrom: "00:00",
    dosesTo: "00:00",
    maxMlPerDose: null,
    maxMlPerHour: null,
    maxMlPerDay: null,
    opposingChannelIds: [],
    returnPumpChannelId: output(tank, "return-pump"),
    phChannelId: sensor(tank, "ph"),
    phMin: 7.7,
    phMax: 8.6,
    containerMl: null,
  };
}

function rule(): Bare<"rule"> {
  return { type: "rule", match: "all", conditions: [newCondition("above")], actions: [newAction("alarm")] };
}

export type ConditionDraft = DraftOf<"rule">["conditions"][number];
export type ActionDraft = DraftOf<"rule">["actions"][number];

export function newCondition(kind: ConditionDraft["kind"]): ConditionDraft {
  switch (kind) {
    case "above":
    case "below":
      return { kind, channelId: EMPTY, value: Number.NaN, hysteresis: 0, forS: FIRST_FOR_S };
    case "output-on":
    case "output-off":
      return { kind, channelId: EMPTY, forS: FIRST_FOR_S };
    case "mode":
      return { kind, mode: "feed" };
    case "time":
      return { kind, from: "22:00", to: "06:00" };
  }
}

export function newAction(kind: ActionDraft["kind"]): ActionDraft {
  switch (kind) {
    case "output":
      return { kind, channelId: EMPTY, level: 0 };
    case "mode":
      return { kind, modeId: EMPTY };
    case "alarm":
      return { kind, priority: "medium", text: "" };
  }
}

/** Of this quantity, and of this role before any other; the controller's own temperature is not the tank's. */
function sensor(tank: KnownTank, wanted: Quantity, role?: Role): string | null {
  const fitting = tank.channels.filter(({ kind, quantity }) => kind === "sensor" && quantity === wanted);
  if (role === undefined) return fitting[0]?.id ?? null;
  return fitting.find((channel) => channel.role === role)?.id ?? null;
}

function output({ channels }: KnownTank, role: Role): string | null {
  return channels.find((channel) => channel.kind !== "sensor" && channel.role === role)?.id ?? null;
}

/** One that no other loop drives: an output has one automatic claimant. */
function freeOutput({ channels, loops }: KnownTank, role: Role): string | null {
  const taken = new Set<string>(loops.flatMap((loop) => outputsOf(loop)));
  return channels.find(({ kind, role: is, id }) => kind !== "sensor" && is === role && !taken.has(id))?.id ?? null;
}

function freeName(name: string, loops: readonly Loop[]): string {
  const taken = new Set<string>(loops.map((loop) => loop.name));
  if (!taken.has(name)) return name;
  let number = 2;
  while (taken.has(`${name} ${number}`)) number++;
  return `${name} ${number}`;
}
