import { type JSX, lazy, type ReactNode } from "react";
import styles from "./dialog.module.css";
import type { DialogProps } from "./dialog-sheet.tsx";
import { LoadBoundary } from "./load-boundary.tsx";

export const dialogSheet = () => import("./dialog-sheet.tsx");
const DialogSheet = lazy(async () => ({ default: (await dialogSheet()).DialogSheet }));

/** A question above the page: Escape and the page beneath close it, focus stays in it and comes back. */
export function Dialog(props: DialogProps): JSX.Element {
  return (
    <LoadBoundary>
      <DialogSheet {...props} />
    </LoadBoundary>
  );
}

/** The row of a dialog's buttons, the one to press last. */
export function DialogActions({ children }: { readonly children: ReactNode }): JSX.Element {
  return <div className={styles["actions"]}>{children}</div>;
}
