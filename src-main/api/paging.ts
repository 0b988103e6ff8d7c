import { ReefFault } from "#contract/errors.ts";
import type { PageRequest } from "#contract/paging.ts";

const PREFIX = "after:";

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/**
 * One page of a list that is in creation order. A cursor names the last item seen, so that what is added or removed
 * meanwhile moves nothing; where that item is gone, ids that sort by creation say where to go on.
 * @throws ReefFault invalid for a cursor that no answer ever contained
 */
export function pageFrom<T>(all: readonly T[], request: PageRequest, idOf: (item: T) => string): Page<T> {
  const start = request.cursor === undefined ? 0 : startFrom(all, idFrom(request.cursor), idOf);
  const items = all.slice(start, start + request.limit);
  const last = items.at(-1);
  const isMore = start + items.length < all.length;
  return { items, nextCursor: isMore && last !== undefined ? cursorFrom(idOf(last)) : null };
}

function startFrom<T>(all: readonly T[], lastId: string, idOf: (item: T) => string): number {
  const index = all.findIndex((item) => idOf(item) === lastId);
  if (index >= 0) return index + 1;
  const next = all.findIndex((item) => idOf(item) > lastId);
  return next < 0 ? all.length : next;
}

/** Base64url, without what is Node's alone: the window compiles the router's type. Ids are ASCII. */
function cursorFrom(id: string): string {
  return btoa(PREFIX + id)
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

function idFrom(cursor: string): string {
  const text = decoded(cursor) ?? "";
  const id = text.slice(PREFIX.length);
  if (!text.startsWith(PREFIX) || id === "" || cursorFrom(id) !== cursor) {
    throw new ReefFault("invalid", "The cursor is not one of ours; leave it out to start from the beginning", {
      details: [{ field: "cursor", message: "must be a nextCursor of an earlier answer" }],
    });
  }
  return id;
}

function decoded(cursor: string): string | null {
  try {
    return atob(cursor.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return null;
  }
}
