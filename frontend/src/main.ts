import '@fontsource/atkinson-hyperlegible/400.css';
import '@fontsource/atkinson-hyperlegible/400-italic.css';
import '@fontsource/atkinson-hyperlegible/700.css';
import 'maplibre-gl/dist/maplibre-gl.css';
import { mount } from 'svelte';
import App from './App.svelte';
import './styles/tokens.css';
import './styles/base.css';
import './styles/layout.css';
import './styles/map.css';
import './styles/narrow.css';
import './styles/print.css';

const target = document.getElementById('app');
if (!target) throw new Error('The page has no element #app.');
mount(App, { target });
