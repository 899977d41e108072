/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- runs on the developer's machine, never inside n8n */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The files in `fixtures/`: images of 256 by 256, a video of five seconds, a mesh. */
type FixtureName = 'image.jpeg' | 'image.webp' | 'video.mp4' | 'tetrahedron.glb';

const loaded = new Map<FixtureName, Buffer>();

/** The bytes of a fixture; read from disk once. */
export function fixture(name: FixtureName): Buffer {
	const bytes = loaded.get(name) ?? readFileSync(join(__dirname, 'fixtures', name));
	loaded.set(name, bytes);
	return bytes;
}
