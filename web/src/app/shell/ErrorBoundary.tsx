import { Component, type ReactNode } from 'react';
import { PageError } from './Frame';

/** A page that breaks says so in its own place; the frame around it stays usable. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error };
  }

  override render(): ReactNode {
    if (!this.state.error) return this.props.children;
    return <PageError error={this.state.error} reset={() => this.setState({ error: null })} />;
  }
}
