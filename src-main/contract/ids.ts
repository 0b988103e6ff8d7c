import { z } from "zod";

/** Every id is a UUID version 7, so that sorting by id is sorting by creation. */
export const ControllerId = z.uuid().brand<"ControllerId">();
export type ControllerId = z.infer<typeof ControllerId>;
export const DeviceId = z.uuid().brand<"DeviceId">();
export type DeviceId = z.infer<typeof DeviceId>;
export const ChannelId = z.uuid().brand<"ChannelId">();
export type ChannelId = z.infer<typeof ChannelId>;
export const LoopId = z.uuid().brand<"LoopId">();
export type LoopId = z.infer<typeof LoopId>;
export const ModeId = z.uuid().brand<"ModeId">();
export type ModeId = z.infer<typeof ModeId>;
export const AlarmId = z.uuid().brand<"AlarmId">();
export type AlarmId = z.infer<typeof AlarmId>;
export const AlarmEventId = z.uuid().brand<"AlarmEventId">();
export type AlarmEventId = z.infer<typeof AlarmEventId>;
export const NotificationTargetId = z.uuid().brand<"NotificationTargetId">();
export type NotificationTargetId = z.infer<typeof NotificationTargetId>;
export const UserId = z.uuid().brand<"UserId">();
export type UserId = z.infer<typeof UserId>;
