from wagtail import hooks

from kernel.content import editor

hooks.register("insert_editor_js", editor.script)
