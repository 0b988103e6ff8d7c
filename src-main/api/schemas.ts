import { z } from "zod";
import { AlarmId, ChannelId, DeviceId, LoopId, ModeId, NotificationTargetId, UserId } from "#contract/ids.ts";

/** Inputs that name one thing in the path. */
export const DevicePath = z.strictObject({ id: DeviceId });
export const ChannelPath = z.strictObject({ id: ChannelId });
export const OutputPath = z.strictObject({ channelId: ChannelId });
export const LoopPath = z.strictObject({ id: LoopId });
export const ModePath = z.strictObject({ id: ModeId });
export const UserPath = z.strictObject({ id: UserId });
export const AlarmPath = z.strictObject({ id: AlarmId });
export const NotificationTargetPath = z.strictObject({ id: NotificationTargetId });
