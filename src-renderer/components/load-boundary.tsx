import { Component, type JSX, type ReactNode, Suspense } from "react";
import { Broken } from "./broken.tsx";

interface LoadBoundaryProps {
  readonly children: ReactNode;
  /** While the file with this part of the app is on its way. */
  readonly whileLoading?: ReactNode;
  /** What a failure is shown in; left out: in the part's own place. */
  readonly around?: (failure: JSX.Element) => JSX.Element;
}

/** Around a part of the app that is a file of its own: where that cannot come, or breaks, it is said in its place. */
export class LoadBoundary extends Component<LoadBoundaryProps, { readonly error: unknown }> {
  override state: { readonly error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { readonly error: unknown } {
    return { error };
  }

  override render(): JSX.Element {
    const { children, whileLoading = null, around = (failure) => failure } = this.props;
    const { error } = this.state;
    if (error !== null) return around(<Broken error={error} />);
    return <Suspense fallback={whileLoading}>{children}</Suspense>;
  }
}
