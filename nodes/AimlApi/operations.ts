import { composeMusic } from './resources/audio/compose.operation';
import { speakText } from './resources/audio/speak.operation';
import { transcribeRecording } from './resources/audio/transcribe.operation';
import { createBatch } from './resources/batch/create.operation';
import { completeChat } from './resources/chat/complete.operation';
import { respondChat } from './resources/chat/respond.operation';
import { extractDocumentText } from './resources/document/extractText.operation';
import { createEmbedding } from './resources/embedding/create.operation';
import { editImage } from './resources/image/edit.operation';
import { generateImage } from './resources/image/generate.operation';
import { generateVideo } from './resources/video/generate.operation';
import type { Operation } from './run/operation';

/** Every operation that calls a model, by resource and operation as the editor names them. */
const operations: Record<string, Record<string, Operation>> = {
	audio: { compose: composeMusic, speak: speakText, transcribe: transcribeRecording },
	batch: { create: createBatch },
	chat: { complete: completeChat, respond: respondChat },
	document: { extractText: extractDocumentText },
	embedding: { create: createEmbedding },
	image: { edit: editImage, generate: generateImage },
	video: { generate: generateVideo },
};

/** @returns `undefined` for an operation that calls no model */
export function operationOf(resource: string, operation: string): Operation | undefined {
	return operations[resource]?.[operation];
}
