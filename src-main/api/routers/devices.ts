import { z } from "zod";
import {
  Device,
  type DeviceChange,
  DeviceCreate,
  DevicePatch,
  DeviceTestResult,
  DeviceType,
} from "#contract/devices.ts";
import type { DeviceId } from "#contract/ids.ts";
import { PageRequest, pageOf } from "#contract/paging.ts";
import { liveFrom } from "../live.ts";
import { pageFrom } from "../paging.ts";
import { DevicePath } from "../schemas.ts";
import { procedureFor, router } from "../trpc.ts";

const tags = ["devices"];

export const devicesRouter = router({
  types: procedureFor("viewer", { method: "GET", path: "/devices/types", tags, summary: "Every driver" })
    .input(PageRequest)
    .output(pageOf(DeviceType))
    .query(({ ctx, input }) => pageFrom(ctx.devices.types(), input, (driver) => driver.type)),

  list: procedureFor("viewer", { method: "GET", path: "/devices", tags, summary: "Every device" })
    .input(PageRequest)
    .output(pageOf(Device))
    .query(({ ctx, input }) => pageFrom(ctx.devices.list(), input, (device) => device.id)),

  create: procedureFor("admin", {
    method: "POST",
    path: "/devices",
    tags,
    summary: "Add a device",
    successStatus: 201,
  })
    .input(DeviceCreate)
    .output(Device)
    .mutation(({ ctx, input }) => ctx.devices.create(input)),

  get: procedureFor("viewer", { method: "GET", path: "/devices/{id}", tags, summary: "One device" })
    .input(DevicePath)
    .output(Device)
    .query(({ ctx, input }) => ctx.devices.get(input.id)),

  patch: procedureFor("admin", { method: "PATCH", path: "/devices/{id}", tags, summary: "Change a device" })
    .input(z.strictObject({ ...DevicePath.shape, ...DevicePatch.shape }))
    .output(Device)
    .mutation(({ ctx, input: { id, ...patch } }) => ctx.devices.update(id, patch)),

  delete: procedureFor("admin", {
    method: "DELETE",
    path: "/devices/{id}",
    tags,
    summary: "Remove a device and its channels; their history stays",
    successStatus: 204,
  })
    .input(DevicePath)
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.devices.remove(input.id)),

  test: procedureFor("admin", { method: "POST", path: "/devices/{id}/test", tags, summary: "One live check" })
    .input(DevicePath)
    .output(DeviceTestResult)
    .mutation(({ ctx, input }) => ctx.devices.test(input.id)),

  /** All devices, then each as it, one of its channels or its status changes; and those that go. */
  live: procedureFor("viewer").subscription(({ ctx, signal }) => {
    const show = (id: DeviceId): DeviceChange => {
      const device = ctx.devices.list().find((candidate) => candidate.id === id);
      return device === undefined ? { kind: "removed", id } : { kind: "device", device };
    };
    return liveFrom(
      ctx,
      {
        subscribe: (listener: (id: DeviceId) => void) => ctx.devices.onChange(listener),
        // In one piece: a page that opens waits for all of them, and each message for itself costs both sides.
        snapshot: (): DeviceChange[] => [{ kind: "all", devices: [...ctx.devices.list()] }],
        keyOf: (id) => id,
        show,
      },
      signal,
    );
  }),
});
