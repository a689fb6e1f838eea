/*!
sigma 3.0.3: Copyright (C) 2013-2025, Alexis Jacomy, Guillaume Plique, Benoît Simard
graphology 0.26.0 and graphology-utils 2.5.2: Copyright (c) 2016-2024 Guillaume Plique (Yomguithereal)
events 3.3.0: Copyright Joyent, Inc. and other Node contributors.

MIT License. Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction, including without
limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the
Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of
the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO
THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT,
TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
*/
import { NodePointProgram } from "sigma/rendering";

export { default as Graph } from "graphology";
export { Sigma } from "sigma";
// Nodes are points, one vertex each: sigma's default draws an instance for each, which is slow without a GPU.
export { NodePointProgram as Disc };

export class Square extends NodePointProgram {
  getDefinition() {
    const FRAGMENT_SHADER_SOURCE = "precision mediump float; varying vec4 v_color; void main() { gl_FragColor = v_color; }";
    return { ...super.getDefinition(), FRAGMENT_SHADER_SOURCE };
  }
}
