// Mantine dressed in the design language: its colours are our CSS variables, so both themes follow tokens.css alone.
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const same = (value: string): MantineColorsTuple => [
  value,
  value,
  value,
  value,
  value,
  value,
  value,
  value,
  value,
  value,
];

export const theme = createTheme({
  primaryColor: 'ai',
  autoContrast: false,
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--font-mono)',
  headings: { fontFamily: 'var(--font)', fontWeight: '700' },
  defaultRadius: 6,
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '15px', xl: '16px' },
  colors: { ai: same('#23478b') },
  focusRing: 'auto',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' } },
    TextInput: { defaultProps: { size: 'sm' } },
    // The page body never scrolls, and locking it would inject a style without our nonce.
    Drawer: { defaultProps: { lockScroll: false } },
    Modal: { defaultProps: { lockScroll: false, centered: true, radius: 8, transitionProps: { duration: 120 } } },
    Menu: { defaultProps: { shadow: 'none', transitionProps: { duration: 0 }, position: 'bottom-end' } },
    Tooltip: { defaultProps: { withArrow: false, openDelay: 300, multiline: true, maw: 320 } },
    Select: { defaultProps: { size: 'sm', checkIconPosition: 'right' } },
  },
});

const variables = {
  '--mantine-color-body': 'var(--canvas)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink3)',
  '--mantine-color-placeholder': 'var(--ink3)',
  '--mantine-color-anchor': 'var(--ai)',
  '--mantine-color-error': 'var(--miss)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--sunken)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-disabled': 'var(--sunken)',
  '--mantine-color-disabled-color': 'var(--ink3)',
  '--mantine-color-disabled-border': 'var(--line)',
  '--mantine-primary-color-contrast': '#ffffff',
  '--mantine-color-ai-contrast': '#ffffff',
  '--mantine-primary-color-filled': 'var(--ai-fill)',
  '--mantine-primary-color-filled-hover': 'var(--ai-fill)',
  '--mantine-primary-color-light': 'var(--ai-tint)',
  '--mantine-primary-color-light-hover': 'var(--ai-tint)',
  '--mantine-primary-color-light-color': 'var(--ai)',
  '--mantine-color-ai-filled': 'var(--ai-fill)',
  '--mantine-color-ai-filled-hover': 'var(--ai-fill)',
  '--mantine-color-ai-light': 'var(--ai-tint)',
  '--mantine-color-ai-light-hover': 'var(--ai-tint)',
  '--mantine-color-ai-light-color': 'var(--ai)',
  '--mantine-color-ai-outline': 'var(--ai)',
  '--mantine-color-ai-text': 'var(--ai)',
};

export const cssVariablesResolver: CSSVariablesResolver = () => ({ variables: {}, light: variables, dark: variables });
