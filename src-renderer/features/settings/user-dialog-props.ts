import type { User } from "#contract/identity.ts";

/** What every question about one user takes. */
export interface UserDialogProps {
  readonly user: User;
  /** @param isDone whether something was changed */
  readonly onClose: (isDone: boolean) => void;
}
