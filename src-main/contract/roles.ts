/** Each role may what the one before it may. Apart from the schemas, so that a page's first script does without them. */
export const ROLES = ["viewer", "operator", "admin"] as const;
export type UserRole = (typeof ROLES)[number];

/** True where `role` carries at least the authority of `needed`. */
export function isAtLeast(role: UserRole, needed: UserRole): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}
