import { Component, type JSX, type ReactNode, Suspense } from "react";
import { problemOf } from "../../api/problem.ts";
import { Failure, Loading } from "../../components/states.tsx";

interface PageBoundaryProps {
  readonly children: ReactNode;
}

/** While a page's file is on its way its outline is shown; where it cannot come, or the page breaks, that is said in its place. */
export class PageBoundary extends Component<PageBoundaryProps, { readonly error: unknown }> {
  override state: { readonly error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { readonly error: unknown } {
    return { error };
  }

  override render(): JSX.Element {
    const { error } = this.state;
    // A module that failed to load stays failed for this document: only a new one asks again.
    if (error !== null) return <Failure problem={problemOf(error)} onRetry={() => location.reload()} />;
    return <Suspense fallback={<Loading />}>{this.props.children}</Suspense>;
  }
}
