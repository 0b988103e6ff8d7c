import type { JSX, ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { AriaLanguage } from "./aria-language.tsx";
import styles from "./dialog.module.css";

export interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Asks before something that cannot be undone: read out at once. */
  readonly isAlert?: boolean;
}

/** A question above the page: Escape and the page beneath close it, focus stays in it and comes back. */
export function DialogSheet({ title, isOpen, onClose, children, isAlert = false }: DialogProps): JSX.Element {
  return (
    <AriaLanguage>
      <ModalOverlay
        className={styles["shade"] ?? ""}
        isOpen={isOpen}
        isDismissable={!isAlert}
        onOpenChange={(next) => {
          if (!next) onClose();
        }}
      >
        <Modal className={styles["sheet"] ?? ""}>
          <AriaDialog className={styles["dialog"] ?? ""} role={isAlert ? "alertdialog" : "dialog"}>
            <Heading slot="title" level={2} className={styles["title"] ?? ""}>
              {title}
            </Heading>
            {children}
          </AriaDialog>
        </Modal>
      </ModalOverlay>
    </AriaLanguage>
  );
}
