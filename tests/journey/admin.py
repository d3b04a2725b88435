"""What an editor does in the Wagtail admin, with mouse and keyboard."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, expect


class Editor:
    """An editor in front of the admin, signed in."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def write_question(self, text: str, right: str, wrong: str, explanation: str) -> None:
        self.page.goto("/admin/snippets/quizzes/question/add/")
        self.page.fill("[name=text]", text)
        self.page.fill("[name=choices-0-text]", right)
        self.page.check("[name=choices-0-is_correct]")
        self.page.fill("[name=choices-1-text]", wrong)
        self.page.fill("[name=explanation]", explanation)
        self._save()

    def write_quiz(self, title: str, questions: list[str]) -> None:
        self.page.goto("/admin/snippets/quizzes/quiz/add/")
        self.page.fill("[name=title]", title)
        for at, question in enumerate(questions):
            if at:
                self.page.get_by_role("button", name=re.compile("^Ajouter.*Question")).click()
            field = self.page.locator(f"#id_items-{at}-question-chooser")
            field.get_by_role("button", name="Choisir").click()
            self._choose(question)
        self._save()

    def write_module(self, index_pk: int, title: str, objectives: str) -> int:
        """Save a draft of a module; its page's primary key."""
        self.page.goto(f"/admin/pages/add/courses/modulepage/{index_pk}/")
        self._type_title(title)
        self.page.fill("[name=summary]", "Un module écrit pour ce parcours.")
        self._write_rich_text("objectives", objectives)
        return self._save_draft()

    def write_lesson(self, module_pk: int, title: str, text: str, quiz: str = "") -> int:
        """Save a draft of a lesson with a text and perhaps a quiz."""
        self.page.goto(f"/admin/pages/add/courses/lessonpage/{module_pk}/")
        self._type_title(title)
        self._add_block("Texte")
        self._write_rich_text("body-0-value", text)
        if quiz:
            self._add_block("Quiz")
            self.page.get_by_role("button", name=re.compile("^Choisir")).last.click()
            self._choose(quiz)
        return self._save_draft()

    def publish(self, page_pk: int) -> None:
        self.page.goto(f"/admin/pages/{page_pk}/edit/")
        self.page.get_by_role("button", name="Plus d'actions").click()
        self.page.get_by_role("button", name=re.compile("^Publier")).click()
        # What could be better is named first: here, wrong answers without feedback.
        self.page.get_by_role("button", name="Publier quand même").click()
        expect(self.page.locator(".messages")).to_contain_text("est publié")

    def _type_title(self, title: str) -> None:
        # Key by key, or the slug stays empty.
        self.page.locator("[name=title]").press_sequentially(title)

    def _write_rich_text(self, field: str, text: str) -> None:
        self.page.locator("[contenteditable=true]").first.press_sequentially(text)
        # The editor hands its text to the form a moment later.
        expect(self.page.locator(f"[name={field}]")).to_have_value(re.compile(re.escape(text)))

    def _add_block(self, name: str) -> None:
        self.page.locator(".c-sf-add-button").last.click()
        self.page.get_by_role("option", name=name, exact=True).click()

    def _choose(self, name: str) -> None:
        chooser: Any = self.page.locator(".modal-body")
        chooser.locator("[name=q]").fill(name.rstrip(" ?"))  # a lone «?» is a word to the index
        chooser.get_by_role("link", name=name, exact=True).click()
        expect(self.page.locator(".modal-body")).to_have_count(0)

    def _save(self) -> None:
        self.page.get_by_role("button", name="Enregistrer", exact=True).click()
        expect(self.page.locator(".messages .success")).to_be_visible()

    def _save_draft(self) -> int:
        self.page.get_by_role("button", name="Enregistrer le brouillon").click()
        self.page.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
        found = re.search(r"/pages/(\d+)/", self.page.url)
        assert found
        return int(found.group(1))
